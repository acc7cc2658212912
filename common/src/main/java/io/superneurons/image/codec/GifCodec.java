package io.superneurons.image.codec;

import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** GIF's first frame, through the JDK's reader. */
final class GifCodec implements ImageCodec {
  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    ImageSize canvas = GifStructure.parse(encoded).canvas();
    return new ImageHeader(canvas.width(), canvas.height(), Orientation.UPRIGHT);
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    GifStructure structure = GifStructure.parse(new ByteReader(encoded));
    ImageReader reader = PlugIns.jdkReader("gif");
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      BufferedImage frame = reader.read(0);
      RgbColor around = background(frame, structure);
      return ImageOps.place(Pixels.toRgb(frame), size, structure.top(), structure.left(), around);
    } finally {
      reader.dispose();
    }
  }

  /**
   * Pillow fills what the frame leaves free with the transparent colour, else the palette's first.
   */
  private static RgbColor background(BufferedImage frame, GifStructure structure) {
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    int index = structure.transparentIndex();
    return index < palette.getMapSize()
        ? new RgbColor(palette.getRed(index), palette.getGreen(index), palette.getBlue(index))
        : RgbColor.BLACK;
  }
}
