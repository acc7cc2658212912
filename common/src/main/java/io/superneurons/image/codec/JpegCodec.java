package io.superneurons.image.codec;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * JPEG. TwelveMonkeys' reader mends what the JDK's refuses and hands it to libjpeg; samples are
 * taken before any colour conversion and converted here, since the readers would apply colour
 * profiles, which Pillow does not.
 */
final class JpegCodec implements ImageCodec {
  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    JpegStructure structure = JpegStructure.parse(encoded);
    return new ImageHeader(structure.width(), structure.height(), structure.orientation());
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    JpegStructure structure = JpegStructure.parse(new ByteReader(encoded));
    structure.requireEnd();
    ImageReader reader = PlugIns.reader(JPEGImageReaderSpi.class);
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      return toRgb(reader.readRaster(0, null), structure);
    } finally {
      reader.dispose();
    }
  }

  private static RgbImage toRgb(Raster raster, JpegStructure structure) {
    if (raster.getNumBands() != structure.components()) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "JPEG image cannot be decoded: %d components where the header promises %d",
              raster.getNumBands(),
              structure.components()));
    }
    byte[] rgb = structure.conversion().apply(Samples.interleaved(raster)); // [height, width, 3]
    return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
  }
}
