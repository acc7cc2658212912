package io.superneurons.image.codec;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** PNG, through the JDK's reader. */
final class PngCodec implements ImageCodec {
  private static final int[] FIRST_BAND = {0};

  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    PngStructure structure = PngStructure.parse(encoded);
    return new ImageHeader(structure.width(), structure.height(), structure.orientation());
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    PngStructure structure = PngStructure.parse(new ByteReader(encoded));
    ImageReader reader = PlugIns.jdkReader("png");
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      BufferedImage image = reader.read(0);
      Raster raster = structure.isGrey() ? grey(image.getRaster()) : image.getRaster();
      return Pixels.toRgb(raster, image.getColorModel());
    } finally {
      reader.dispose();
    }
  }

  /** Without the alpha that the reader makes of a transparent grey level. */
  private static Raster grey(Raster raster) {
    return raster.createChild(
        0, 0, raster.getWidth(), raster.getHeight(), 0, 0, FIRST_BAND); // [height, width, 1]
  }
}
