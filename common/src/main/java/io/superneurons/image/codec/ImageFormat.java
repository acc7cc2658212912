package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that can be decoded, told apart by a file's first bytes, never by its name. */
public enum ImageFormat {
  /** Baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK. */
  JPEG("JPEG", new JpegCodec(), "\u00ff\u00d8\u00ff"),
  /** All colour types and depths; animated ones give their still image. */
  PNG("PNG", new PngCodec(), "\u0089PNG\r\n\u001a\n"),
  /** Lossy and lossless; animated ones give their first frame. */
  WEBP("WebP", new WebpCodec(), "RIFF....WEBP"),
  /** The first frame. */
  GIF("GIF", new GifCodec(), "GIF87a", "GIF89a"),
  /** Windows bitmaps. */
  BMP("BMP", new BmpCodec(), "BM"),
  /** The first page. */
  TIFF("TIFF", new TiffCodec(), "II*\0", "MM\0*", "II+\0", "MM\0+");

  private final String label;
  private final ImageCodec codec;
  private final List<String> signatures;

  ImageFormat(String label, ImageCodec codec, String... signatures) {
    this.label = label;
    this.codec = codec;
    this.signatures = List.of(signatures);
  }

  /** The format's usual name. */
  public String label() {
    return label;
  }

  ImageCodec codec() {
    return codec;
  }

  /**
   * The format of a file.
   *
   * @throws ImageException if the bytes begin like none of them
   */
  public static ImageFormat of(byte[] encoded) {
    if (encoded.length == 0) {
      throw new ImageException("The image file is empty");
    }
    return find(encoded).orElseThrow(() -> unknown(encoded));
  }

  private static ImageException unknown(byte[] encoded) {
    String known =
        Arrays.stream(values()).map(ImageFormat::label).collect(Collectors.joining(", "));
    String other = OtherFile.of(encoded).map(file -> ", but " + file.label()).orElse("");
    return new ImageException(
        String.format(Locale.ROOT, "Not an image of a known format%s; formats: %s", other, known));
  }

  /**
   * Whether bytes begin like an image.
   *
   * @param head of a file
   */
  public static boolean isKnown(byte[] head) {
    return find(head).isPresent();
  }

  private static Optional<ImageFormat> find(byte[] encoded) {
    return Arrays.stream(values())
        .filter(format -> format.signatures.stream().anyMatch(s -> begins(encoded, s)))
        .findFirst();
  }

  /** A dot in the signature stands for any byte. */
  static boolean begins(byte[] encoded, String signature) {
    if (encoded.length < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      char expected = signature.charAt(i);
      if (expected != '.' && expected != (encoded[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
