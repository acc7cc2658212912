package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orientation in a file's metadata, looked up as Pillow's {@code Image.getexif} does: first in
 * the EXIF block, then in XMP. Where metadata are broken the image counts as upright: the pixels
 * are still good.
 */
final class Exif {
  private static final int ORIENTATION = 274;
  private static final String PREFIX = "Exif\0\0";
  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private OptionalLong tag = OptionalLong.empty();
  private OptionalLong xmpTag = OptionalLong.empty();

  /** Takes an EXIF block: a TIFF structure with or without its prefix. */
  void exif(ByteReader bytes) {
    try {
      long start = 0;
      while (bytes.startsWith(start, PREFIX)) {
        start += PREFIX.length();
      }
      ByteReader tiff = bytes.slice(start, bytes.length() - start);
      tag(TiffDirectory.first(tiff).number(ORIENTATION));
    } catch (CutOffException | ImageException e) {
      tag = OptionalLong.empty();
    }
  }

  /** Takes the value of the orientation tag, unless one came before. */
  void tag(OptionalLong value) {
    tag = tag.isPresent() ? tag : value;
  }

  /** Takes an XMP packet, unless one came before. */
  void xmp(ByteReader bytes) {
    Matcher matcher = XMP_ORIENTATION.matcher(bytes.latin1());
    if (xmpTag.isEmpty() && matcher.find()) {
      xmpTag = OptionalLong.of(Long.parseLong(matcher.group(1)));
    }
  }

  /** The orientation that they give. */
  Orientation orientation() {
    OptionalLong value = tag.isPresent() ? tag : xmpTag;
    return Orientation.ofTag(value.orElse(1));
  }
}
