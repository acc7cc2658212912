package io.superneurons.image.codec;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import java.awt.image.DataBuffer;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** TIFF's first page, through TwelveMonkeys. */
final class TiffCodec implements ImageCodec {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int PHOTOMETRIC = 262;
  private static final int CIELAB = 8;
  private static final int ITU_LAB = 10;
  private static final int ORIENTATION = 274;
  private static final int XMP = 700;

  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    TiffDirectory directory = TiffDirectory.first(encoded);
    long colors = directory.number(PHOTOMETRIC).orElse(0);
    if (colors >= CIELAB && colors <= ITU_LAB) {
      throw new ImageException("TIFF image has CIELAB colours; save it with RGB");
    }
    Exif exif = new Exif();
    exif.tag(directory.number(ORIENTATION));
    directory.bytes(XMP).ifPresent(exif::xmp);
    return new ImageHeader(
        directory.number(WIDTH).orElse(0), directory.number(HEIGHT).orElse(0), exif.orientation());
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    boolean big = TiffDirectory.isBig(new ByteReader(encoded));
    ImageReader reader =
        PlugIns.reader(big ? BigTIFFImageReaderSpi.class : TIFFImageReaderSpi.class);
    try (ImageInputStream stream = new EncodedStream(encoded)) {
      reader.setInput(stream, true, true);
      ImageTypeSpecifier stored = reader.getRawImageType(0);
      if (stored.getSampleModel().getTransferType() == DataBuffer.TYPE_FLOAT) {
        // Read as an image they would be clipped to 1.
        return Pixels.toRgb(reader.readRaster(0, null), stored.getColorModel());
      }
      ImageReadParam param = reader.getDefaultReadParam();
      // As stored: the first type on offer may mean conversion from the embedded colour profile.
      param.setDestinationType(stored);
      return Pixels.toRgb(reader.read(0, param));
    } catch (ClassCastException e) { // the plug-in keeps an exception as the value of a tag
      throw new ImageException("TIFF image is broken: a value of its directory is not there", e);
    } finally {
      reader.dispose();
    }
  }
}
