package io.superneurons.image.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is often found where an image was expected, so that a refusal can call it by its name. */
enum OtherFile {
  AVIF("an AVIF image", "....ftypavif", "....ftypavis"),
  HEIC(
      "a HEIC image",
      "....ftypheic",
      "....ftypheix",
      "....ftyphevc",
      "....ftyphevx",
      "....ftypmif1",
      "....ftypmsf1"),
  VIDEO("a video", "....ftyp", "....moov", "RIFF....AVI ", "\u001aE\u00df\u00a3"),
  JPEG_XL("a JPEG XL image", "\u00ff\n", "\0\0\0\fJXL "),
  JPEG_2000("a JPEG 2000 image", "\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
  ICON("an icon (ICO)", "\0\0\1\0"),
  PHOTOSHOP("a Photoshop file", "8BPS"),
  NETPBM("a Netpbm image", "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P5 ", "P6 "),
  PDF("a PDF file", "%PDF"),
  POSTSCRIPT("a PostScript file", "%!PS"),
  SVG("an SVG drawing", "<svg", "<SVG"),
  HTML("an HTML page", "<!doctype", "<!DOCTYPE", "<html", "<HTML", "<head", "<body"),
  XML("XML, as SVG drawings and error messages of stores are", "<?xml", "<Error"),
  JSON("JSON", "{"),
  LFS("a pointer of Git LFS to the file (git lfs pull fetches it)", "version https://git-lfs"),
  GZIP("a gzip archive", "\u001f\u008b"),
  ZIP("a ZIP archive", "PK\3\4");

  private final String label;
  private final List<String> signatures;

  OtherFile(String label, String... signatures) {
    this.label = label;
    this.signatures = List.of(signatures);
  }

  /** With its article. */
  String label() {
    return label;
  }

  /** What a file is, by its first bytes. */
  static Optional<OtherFile> of(byte[] file) {
    return Arrays.stream(values())
        .filter(other -> other.signatures.stream().anyMatch(sign -> ImageFormat.begins(file, sign)))
        .findFirst();
  }
}
