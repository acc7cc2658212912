package io.superneurons.image.codec;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Windows and OS/2 bitmaps, through the JDK's reader. */
final class BmpCodec implements ImageCodec {
  private static final int FILE_HEADER = 14;
  private static final int OS2_HEADER = 12;

  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    if (encoded.u32le(FILE_HEADER) == OS2_HEADER) {
      return upright(encoded.u16le(FILE_HEADER + 4), encoded.u16le(FILE_HEADER + 6));
    }
    // A negative height means rows from top to bottom.
    long height = Math.abs((long) encoded.i32le(FILE_HEADER + 8));
    return upright(encoded.i32le(FILE_HEADER + 4), height);
  }

  private static ImageHeader upright(long width, long height) {
    return new ImageHeader(width, height, Orientation.UPRIGHT);
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    ImageReader reader = PlugIns.jdkReader("bmp");
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      return Pixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
