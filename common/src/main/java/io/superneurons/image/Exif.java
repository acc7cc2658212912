package io.superneurons.image;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orientation in a file's metadata, looked up as Pillow's {@code Image.getexif} does: first in
 * the EXIF block, then in XMP. Broken metadata mean upright: the pixels are still good.
 */
final class Exif {
  private static final int ORIENTATION_TAG = 274;
  private static final int ENTRY_BYTES = 12;
  private static final int INLINE_BYTES = 4;
  private static final String PREFIX = "Exif\0\0";
  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  /** Field types of TIFF that hold whole numbers of two and of four bytes. */
  private static final int SHORT = 3;

  private static final int LONG = 4;
  private static final int SIGNED_SHORT = 8;
  private static final int SIGNED_LONG = 9;

  private ByteReader block;
  private ByteReader xmp;

  /** Takes an EXIF block (a TIFF structure, with or without its prefix), if it is the first. */
  void exif(ByteReader bytes) {
    block = block == null ? bytes : block;
  }

  /** Takes an XMP packet, if it is the first. */
  void xmp(ByteReader bytes) {
    xmp = xmp == null ? bytes : xmp;
  }

  /** The orientation that they give. */
  Orientation orientation() {
    OptionalLong tag = block == null ? OptionalLong.empty() : tagOf(block);
    if (tag.isPresent()) {
      return Orientation.ofTag(tag.getAsLong());
    }
    return xmp == null ? Orientation.UPRIGHT : inXmp(xmp);
  }

  private static Orientation inXmp(ByteReader bytes) {
    Matcher matcher = XMP_ORIENTATION.matcher(bytes.latin1());
    return matcher.find()
        ? Orientation.ofTag(Long.parseLong(matcher.group(1)))
        : Orientation.UPRIGHT;
  }

  private static OptionalLong tagOf(ByteReader bytes) {
    try {
      long start = 0;
      while (bytes.startsWith(start, PREFIX)) {
        start += PREFIX.length();
      }
      return tagInDirectory(bytes.slice(start, bytes.length() - start));
    } catch (CutOffException e) {
      return OptionalLong.empty();
    }
  }

  /** The tag in the first directory of a TIFF structure. */
  static OptionalLong tagInDirectory(ByteReader tiff) throws CutOffException {
    Numbers numbers = tiff.startsWith(0, "MM") ? new BigEndian(tiff) : new LittleEndian(tiff);
    if (numbers.u16(2) != 42) {
      return OptionalLong.empty();
    }
    long directory = numbers.u32(4);
    int entries = numbers.u16(directory);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (numbers.u16(entry) == ORIENTATION_TAG) {
        return value(numbers, entry);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong value(Numbers numbers, long entry) throws CutOffException {
    long count = numbers.u32(entry + 4);
    return switch (numbers.u16(entry + 2)) {
      case SHORT, SIGNED_SHORT -> {
        boolean inline = count * 2 <= INLINE_BYTES;
        yield OptionalLong.of(numbers.u16(inline ? entry + 8 : numbers.u32(entry + 8)));
      }
      case LONG, SIGNED_LONG -> {
        boolean inline = count * 4 <= INLINE_BYTES;
        yield OptionalLong.of(numbers.u32(inline ? entry + 8 : numbers.u32(entry + 8)));
      }
      default -> OptionalLong.empty();
    };
  }

  /** Reads in a TIFF structure's byte order. */
  interface Numbers {
    int u16(long at) throws CutOffException;

    long u32(long at) throws CutOffException;
  }

  private record BigEndian(ByteReader bytes) implements Numbers {
    @Override
    public int u16(long at) throws CutOffException {
      return bytes.u16be(at);
    }

    @Override
    public long u32(long at) throws CutOffException {
      return bytes.u32be(at);
    }
  }

  private record LittleEndian(ByteReader bytes) implements Numbers {
    @Override
    public int u16(long at) throws CutOffException {
      return bytes.u16le(at);
    }

    @Override
    public long u32(long at) throws CutOffException {
      return bytes.u32le(at);
    }
  }
}
