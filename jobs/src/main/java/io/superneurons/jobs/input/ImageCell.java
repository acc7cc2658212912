package io.superneurons.jobs.input;

import io.superneurons.image.codec.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a manifest says of a row's image: where it is, or the encoded image itself. Texts are looked
 * through once, by hand: they may have any length and come from anybody.
 *
 * @param path as given; null where there is none
 * @param bytes the image file's bytes; null where they are to be read from the path
 */
public record ImageCell(String path, byte[] bytes) {
  /** No path without a dot is as long as this. */
  private static final int LONGER_THAN_PATHS = 1024;

  /** No path at all is as long as this. */
  private static final int LONGER_THAN_ANY_PATH = 4096;

  /** No file of any common file system has a name as long as this. */
  private static final int LONGER_THAN_NAMES = 255;

  /** No image file is as short as this in Base64; VLMEvalKit's own bound. */
  private static final int SHORTER_THAN_IMAGES = 64;

  private static final int HEAD = 64;
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64";

  /** A {@code data:} URI of which the front was cut off. */
  private static final Pattern CUT_DATA = Pattern.compile("(?i)(image/[a-z0-9.+-]{1,40};)?base64");

  /** Bytes as Python prints them. */
  private static final Pattern PYTHON_BYTES = Pattern.compile("b'.*'|b\".*\"", Pattern.DOTALL);

  /** JPEG, PNG, GIF and WebP in hexadecimal digits. */
  private static final Pattern HEXADECIMAL =
      Pattern.compile("(?i)(\\\\x|0x)?(ffd8ff|89504e470d0a1a0a|474946383[79]61|52494646).*");

  /**
   * A path, or an image in Base64 as VLMEvalKit's tables have them, bare or as a {@code data:} URI.
   *
   * @throws BadRowException if an embedded image cannot be decoded
   */
  static ImageCell ofText(String text) throws BadRowException {
    if (isList(text)) {
      throw severalImages();
    }
    int comma = text.indexOf(',');
    if (comma > 0 && isDataUri(text, comma)) {
      return ofDataUri(text, comma);
    }
    if (comma > 0 && comma < HEAD && CUT_DATA.matcher(text.substring(0, comma)).matches()) {
      return ofBase64(text.substring(comma + 1));
    }
    if (beginsAsImage(text) || text.length() > LONGER_THAN_PATHS && firstOther(text) < 0) {
      return ofBase64(text);
    }
    if (text.length() > LONGER_THAN_NAMES) {
      requireNames(text);
    }
    if (text.length() > LONGER_THAN_ANY_PATH) {
      throw BadRowException.badRow(
          String.format(
              Locale.ROOT,
              "The image is a text of %d characters, too long for a path, and not Base64: see"
                  + " character %d",
              text.length(),
              firstOther(text) + 1));
    }
    return new ImageCell(text, null);
  }

  /** Refuses what is no path, though it may be shorter than the longest. */
  private static void requireNames(String text) throws BadRowException {
    String spelling =
        PYTHON_BYTES.matcher(text).matches()
            ? "bytes as Python prints them"
            : HEXADECIMAL.matcher(text).matches() ? "hexadecimal digits" : null;
    if (spelling != null) {
      throw BadRowException.badRow(
          String.format(
              Locale.ROOT,
              "The image is a text of %d characters that looks like an embedded image in %s; write"
                  + " it in Base64",
              text.length(),
              spelling));
    }
  }

  /** A list as Python or JSON write it. */
  private static boolean isList(String text) {
    return (text.startsWith("['") || text.startsWith("[\"")) && text.stripTrailing().endsWith("]");
  }

  static BadRowException severalImages() {
    return BadRowException.badRow(
        "The image is a list; a row has one image: make a row of each, or take the first");
  }

  /** A file may be called {@code data:1,2.png}, but hardly with a media type. */
  private static boolean isDataUri(String text, int comma) {
    if (!text.regionMatches(true, 0, DATA, 0, DATA.length())) {
      return false;
    }
    String type = text.substring(DATA.length(), comma);
    return type.isEmpty() || type.startsWith(";") || type.indexOf('/') > 0;
  }

  private static ImageCell ofDataUri(String text, int comma) throws BadRowException {
    String type = text.substring(DATA.length(), comma).strip().toLowerCase(Locale.ROOT);
    String data = text.substring(comma + 1);
    byte[] decoded = data.indexOf('%') < 0 ? null : percentDecoded(data);
    if (!type.endsWith(BASE64)) {
      byte[] plain = data.getBytes(StandardCharsets.UTF_8);
      return new ImageCell(null, decoded == null ? plain : decoded);
    }
    return ofBase64(decoded == null ? data : new String(decoded, StandardCharsets.ISO_8859_1));
  }

  private static byte[] percentDecoded(String data) throws BadRowException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(data.length());
    for (int i = 0; i < data.length(); i++) {
      if (data.charAt(i) == '%') {
        int high = i + 2 < data.length() ? Character.digit(data.charAt(i + 1), 16) : -1;
        int low = i + 2 < data.length() ? Character.digit(data.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw BadRowException.badRow(
              String.format(
                  Locale.ROOT,
                  "The image's data: URI has a %% without two digits at character %d of its data",
                  i + 1));
        }
        bytes.write(16 * high + low);
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(data.charAt(i)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Whether a text begins with an image of a known format in Base64, whatever follows. */
  private static boolean beginsAsImage(String text) {
    if (text.length() <= SHORTER_THAN_IMAGES) {
      return false;
    }
    String head = text.substring(0, HEAD);
    return firstOther(head) < 0
        && ImageFormat.isKnown(Base64.getMimeDecoder().decode(standard(head)));
  }

  /** The first character that is not of Base64; -1 if there is none. */
  private static int firstOther(String text) {
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDigit =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/'
              || c == '-'
              || c == '_';
      padding += c == '=' ? 1 : 0;
      boolean isOther = !isDigit && c != '=' && !isSpace(c);
      if (isOther || padding > 2 || isDigit && padding > 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** Base64 of URLs in the usual letters, without spaces and ends of lines. */
  private static String standard(String base64) {
    StringBuilder standard = new StringBuilder(base64.length());
    for (int i = 0; i < base64.length(); i++) {
      char c = base64.charAt(i);
      if (!isSpace(c)) {
        standard.append(c == '-' ? '+' : c == '_' ? '/' : c);
      }
    }
    return standard.toString();
  }

  /** An embedded image, in the usual letters or those of URLs. */
  static ImageCell ofBase64(String base64) throws BadRowException {
    int other = firstOther(base64);
    if (other >= 0) {
      throw BadRowException.badRow(
          String.format(
              Locale.ROOT,
              "The image is not Base64: see character %d of %d",
              other + 1,
              base64.length()));
    }
    try {
      return new ImageCell(null, Base64.getDecoder().decode(standard(base64)));
    } catch (IllegalArgumentException e) {
      throw BadRowException.badRow("The image is not Base64: it is cut short");
    }
  }

  /** The same image under that name. */
  ImageCell named(String name) {
    return new ImageCell(name, bytes);
  }

  boolean isEmpty() {
    return bytes == null && (path == null || path.isBlank());
  }
}
