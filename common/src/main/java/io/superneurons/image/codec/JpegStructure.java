package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.util.function.UnaryOperator;

/**
 * The markers of a JPEG stream up to its first scan: size, colour space by libjpeg's rules ({@code
 * default_decompress_parms} of {@code jdapimin.c}), orientation.
 */
final class JpegStructure {
  private static final int SOI_BYTES = 2;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int MARKER_PREFIX = 0xff;
  private static final String XMP_PREFIX = "http://ns.adobe.com/xap/1.0/\0";
  private static final int NO_TRANSFORM = -1;

  private final ByteReader encoded;
  private final Exif exif = new Exif();
  private long scanStart;
  private int width;
  private int height;
  private String componentIds = "";
  private boolean jfif;
  private int adobeTransform = NO_TRANSFORM;

  private JpegStructure(ByteReader encoded) {
    this.encoded = encoded;
  }

  /** Reads the markers up to the first scan. */
  static JpegStructure parse(ByteReader encoded) throws CutOffException {
    JpegStructure structure = new JpegStructure(encoded);
    structure.readSegments();
    return structure;
  }

  private void readSegments() throws CutOffException {
    long at = SOI_BYTES;
    while (true) {
      at = nextMarker(at);
      int marker = encoded.u8(at);
      if (marker == EOI) {
        throw new ImageException("JPEG image is broken: it ends before its first scan");
      }
      if (isStandalone(marker)) {
        at++;
        continue;
      }
      int length = encoded.u16be(at + 1);
      ByteReader segment = encoded.slice(at + 3, Math.max(0, length - 2));
      at += 1 + length;
      if (marker == SOS) {
        scanStart = at;
        break;
      }
      read(marker, segment);
    }
    if (componentIds.isEmpty()) {
      throw new ImageException("JPEG image is broken: no frame header before its first scan");
    }
  }

  private void read(int marker, ByteReader segment) throws CutOffException {
    if (isFrame(marker) && componentIds.isEmpty()) {
      readFrame(segment);
    } else if (marker == APP0 && segment.startsWith(0, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP1 && segment.startsWith(0, "Exif\0\0")) {
      exif.exif(segment);
    } else if (marker == APP1 && segment.startsWith(0, XMP_PREFIX)) {
      exif.xmp(segment);
    } else if (marker == APP14 && segment.startsWith(0, "Adobe") && segment.length() >= 12) {
      adobeTransform = segment.u8(11);
    }
  }

  private void readFrame(ByteReader segment) throws CutOffException {
    int precision = segment.u8(0);
    if (precision != Byte.SIZE) {
      throw new ImageException(
          "JPEG images of " + precision + " bits a sample cannot be read; save it with 8");
    }
    height = segment.u16be(1);
    width = segment.u16be(3);
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < segment.u8(5); i++) {
      ids.append((char) segment.u8(6 + 3L * i));
    }
    componentIds = ids.toString();
  }

  /** The position of the next marker's second byte. */
  private long nextMarker(long from) throws CutOffException {
    long at = from;
    while (encoded.u8(at) != MARKER_PREFIX) {
      at++;
    }
    while (encoded.u8(at) == MARKER_PREFIX) {
      at++;
    }
    return at;
  }

  /** Start of frame: 0xc0 to 0xcf less the tables and the reserved code that lie between. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isStandalone(int marker) {
    return marker <= 1 || marker >= 0xd0 && marker <= 0xd8;
  }

  /**
   * Checks that the stream's end marker is there, as Pillow does. libjpeg would fill what is
   * missing with grey.
   *
   * @throws CutOffException if it is not
   */
  void requireEnd() throws CutOffException {
    long at = scanStart;
    while (true) {
      try {
        at = nextMarker(at);
      } catch (CutOffException e) {
        throw new CutOffException(
            "no end marker within " + encoded.length() + " bytes; the last rows are missing");
      }
      int marker = encoded.u8(at);
      if (marker == EOI) {
        return;
      }
      // In a scan 0xff 0x00 stands for the byte 0xff; tables between scans have a length.
      boolean hasLength = isFrame(marker) || marker == 0xc4 || marker >= SOS && marker <= 0xfe;
      at += hasLength ? 1 + encoded.u16be(at + 1) : 1;
    }
  }

  /** Pixels in a row, as the frame header says. */
  int width() {
    return width;
  }

  /** Rows, as the frame header says. */
  int height() {
    return height;
  }

  /** Number of colour components. */
  int components() {
    return componentIds.length();
  }

  /** How the image has to be turned. */
  Orientation orientation() {
    return exif.orientation();
  }

  /**
   * How stored components [pixels, components] become RGB [pixels, 3]; in the same array where the
   * number of components is the same.
   */
  UnaryOperator<byte[]> conversion() {
    return switch (components()) {
      case 1 -> JpegColors::fromGrey;
      case 3 -> isRgb() ? UnaryOperator.identity() : JpegColors::fromYcc;
      case 4 -> isCmyk() ? JpegColors::fromCmyk : JpegColors::fromYcck;
      default ->
          throw new ImageException(
              "JPEG images of " + components() + " components cannot be read; 1, 3 and 4 can");
    };
  }

  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    return adobeTransform == NO_TRANSFORM ? componentIds.equals("RGB") : adobeTransform == 0;
  }

  private boolean isCmyk() {
    return adobeTransform == NO_TRANSFORM || adobeTransform == 0;
  }
}
