package io.superneurons.jobs.input;

import io.superneurons.image.codec.ImageFormat;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a manifest says of a row's image: where it is, or the encoded image itself.
 *
 * @param path as given; null where there is none
 * @param bytes the image file's bytes; null where they are to be read from the path
 */
record ImageCell(String path, byte[] bytes) {
  /** No path without a dot is as long as this. */
  private static final int LONGER_THAN_PATHS = 1024;

  /** No image file is as short as this in Base64; VLMEvalKit's own bound. */
  private static final int SHORTER_THAN_IMAGES = 64;

  private static final int HEAD = 64;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]+={0,2}\\s*");
  private static final Pattern DATA_URI =
      Pattern.compile("data:image/[A-Za-z0-9.+-]+;base64,(.*)", Pattern.DOTALL);

  /**
   * A path, or an image in Base64 as VLMEvalKit's tables have them, bare or as a {@code data:} URI.
   *
   * @throws BadRowException if a {@code data:} URI is not Base64
   */
  static ImageCell ofText(String text) throws BadRowException {
    Matcher data = DATA_URI.matcher(text);
    if (data.matches()) {
      return ofBase64(data.group(1));
    }
    return isBase64(text) ? ofBase64(text) : new ImageCell(text, null);
  }

  private static boolean isBase64(String text) {
    if (text.length() <= SHORTER_THAN_IMAGES
        || !BASE64.matcher(text.substring(0, HEAD)).matches()) {
      return false;
    }
    byte[] head = Base64.getMimeDecoder().decode(text.substring(0, HEAD));
    return (ImageFormat.isKnown(head) || text.length() > LONGER_THAN_PATHS)
        && BASE64.matcher(text).matches();
  }

  /** An embedded image. */
  static ImageCell ofBase64(String base64) throws BadRowException {
    try {
      return new ImageCell(null, Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw BadRowException.badRow("The image is not Base64: " + e.getMessage());
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
