package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import io.superneurons.image.bytes.EncodedStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** PNG, through the JDK's reader. */
final class PngCodec implements ImageCodec {
  private static final int SIGNATURE_BYTES = 8;

  /** Length, type and checksum around a chunk's data. */
  private static final int CHUNK_OVERHEAD = 12;

  private static final int DATA = 8;
  private static final String XMP_KEYWORD = "XML:com.adobe.xmp\0";

  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    if (!encoded.startsWith(SIGNATURE_BYTES + 4, "IHDR")) {
      throw new ImageException("PNG image is broken: its first chunk is not IHDR");
    }
    long width = encoded.u32be(SIGNATURE_BYTES + DATA);
    long height = encoded.u32be(SIGNATURE_BYTES + DATA + 4);
    return new ImageHeader(width, height, orientation(encoded));
  }

  private static Orientation orientation(ByteReader encoded) throws CutOffException {
    Exif exif = new Exif();
    long at = SIGNATURE_BYTES;
    while (at + CHUNK_OVERHEAD <= encoded.length() && !encoded.startsWith(at + 4, "IEND")) {
      long length = encoded.u32be(at);
      if (encoded.startsWith(at + 4, "eXIf")) {
        exif.exif(encoded.slice(at + DATA, length));
      } else if (encoded.startsWith(at + 4, "iTXt" + XMP_KEYWORD)) {
        exif.xmp(encoded.slice(at + DATA, length));
      }
      at += CHUNK_OVERHEAD + length;
    }
    return exif.orientation();
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    ImageReader reader = PlugIns.jdkReader("png");
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      return Pixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
