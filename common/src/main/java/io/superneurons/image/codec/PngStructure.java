package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file, up to the second frame of an animation: size, colour type, orientation.
 * The orientation is looked up where Pillow's {@code PngImagePlugin} does, and as there the last of
 * several chunks of a kind counts.
 */
final class PngStructure {
  private static final int SIGNATURE_BYTES = 8;
  private static final int GREY = 0;

  /** Length, type and checksum around a chunk's data. */
  private static final int CHUNK_OVERHEAD = 12;

  private static final int DATA = 8;
  private static final String EXIF = "exif";
  private static final String EXIF_PROFILE = "Raw profile type exif";
  private static final String XMP = "XML:com.adobe.xmp";

  /** Pillow's {@code MAX_TEXT_CHUNK}: what a compressed text may become, in bytes. */
  private static final int LONGEST_TEXT = 1 << 20;

  private long width;
  private long height;
  private int colorType;
  private ByteReader exif;
  private ByteReader exifProfile;
  private ByteReader xmp;

  private PngStructure() {}

  /** Reads the chunks. */
  static PngStructure parse(ByteReader encoded) throws CutOffException {
    if (!encoded.startsWith(SIGNATURE_BYTES + 4, "IHDR")) {
      throw new ImageException("PNG image is broken: its first chunk is not IHDR");
    }
    PngStructure structure = new PngStructure();
    structure.width = encoded.u32be(SIGNATURE_BYTES + DATA);
    structure.height = encoded.u32be(SIGNATURE_BYTES + DATA + 4);
    structure.colorType = encoded.u8(SIGNATURE_BYTES + DATA + 9);
    structure.readChunks(encoded);
    return structure;
  }

  private void readChunks(ByteReader encoded) throws CutOffException {
    boolean inPixels = false;
    long at = SIGNATURE_BYTES;
    while (at + CHUNK_OVERHEAD <= encoded.length() && !encoded.startsWith(at + 4, "IEND")) {
      long length = encoded.u32be(at);
      if (encoded.startsWith(at + 4, "IDAT")) {
        inPixels = true;
      } else if (inPixels && encoded.startsWith(at + 4, "fcTL")) {
        return;
      } else if (isMetadata(encoded, at + 4)) {
        read(encoded.slice(at + 4, 4).latin1(), encoded.slice(at + DATA, length));
      }
      at += CHUNK_OVERHEAD + length;
    }
  }

  private static boolean isMetadata(ByteReader encoded, long type) {
    return encoded.startsWith(type, "eXIf")
        || encoded.startsWith(type, "tEXt" + EXIF + "\0")
        || encoded.startsWith(type + 4, EXIF_PROFILE + "\0")
        || encoded.startsWith(type + 4, XMP + "\0");
  }

  private void read(String type, ByteReader data) {
    if (type.equals("eXIf")) {
      exif = data;
      return;
    }
    try {
      text(type, data.from(data.find(0, '\0') + 1)).ifPresent(text -> keep(data, text));
    } catch (CutOffException e) {
      return; // broken metadata are none, and the pixels are still good
    }
  }

  private static Optional<ByteReader> text(String type, ByteReader data) throws CutOffException {
    return switch (type) {
      case "tEXt" -> Optional.of(data);
      case "zTXt" -> deflated(data, 0, 1);
      case "iTXt" -> international(data);
      default -> Optional.empty();
    };
  }

  private void keep(ByteReader data, ByteReader text) {
    if (data.startsWith(0, EXIF_PROFILE)) {
      exifProfile = text;
    } else if (data.startsWith(0, XMP)) {
      xmp = text;
    } else {
      exif = text;
    }
  }

  /** A text behind compression flag and method, language and translated keyword. */
  private static Optional<ByteReader> international(ByteReader data) throws CutOffException {
    int language = data.find(2, '\0');
    int translated = data.find(language + 1L, '\0');
    int text = translated + 1;
    return data.u8(0) == 0 ? Optional.of(data.from(text)) : deflated(data, 1, text);
  }

  /**
   * A compressed text: as much as there is of one that is cut off; empty if it is damaged, too long
   * or compressed by an unknown method.
   */
  private static Optional<ByteReader> deflated(ByteReader data, int method, int from)
      throws CutOffException {
    if (data.u8(method) != 0) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data.from(from).copy());
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 12];
      int count = inflater.inflate(part);
      while (count > 0 && text.size() <= LONGEST_TEXT) {
        text.write(part, 0, count);
        count = inflater.inflate(part);
      }
      return text.size() > LONGEST_TEXT
          ? Optional.empty()
          : Optional.of(new ByteReader(text.toByteArray()));
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /** Pixels in a row, not yet checked. */
  long width() {
    return width;
  }

  /** Rows, not yet checked. */
  long height() {
    return height;
  }

  /** Whether the file has one sample per pixel that is neither an index nor beside an alpha. */
  boolean isGrey() {
    return colorType == GREY;
  }

  /** How the image has to be turned. */
  Orientation orientation() {
    Exif found = new Exif();
    if (exif != null) {
      found.exif(exif);
    } else if (exifProfile != null) {
      fromHex(exifProfile).ifPresent(found::exif);
    }
    if (xmp != null) {
      found.xmp(xmp);
    }
    return found.orientation();
  }

  /**
   * ImageMagick's profile: an empty line, its name, its length, then lines of hexadecimal digits.
   */
  private static Optional<ByteReader> fromHex(ByteReader profile) {
    String[] lines = profile.latin1().split("\n", 4);
    if (lines.length < 4) {
      return Optional.empty();
    }
    try {
      String digits = lines[3].replaceAll("\\s", "");
      return Optional.of(new ByteReader(HexFormat.of().parseHex(digits)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
