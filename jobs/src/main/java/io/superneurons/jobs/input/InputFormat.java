package io.superneurons.jobs.input;

import io.superneurons.image.codec.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an input file is. */
public enum InputFormat {
  /** By the file's name, and by its first bytes where that says nothing. */
  AUTO,
  /** JSON Lines. */
  JSON("jsonl", "ndjson", "json"),
  CSV("csv"),
  TSV("tsv", "tab"),
  PARQUET("parquet", "parq", "pq"),
  /** Images with their labels beside them in tar files, plain or in gzip. */
  TAR("tar", "tgz"),
  /** Image files themselves, with no manifest. */
  IMAGES("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");

  /** So much of a file says what it is. */
  public static final int HEAD_BYTES = 4096;

  private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private static final Set<String> COMPRESSED =
      Set.of("gz", "bz2", "zst", "snappy", "lz4", "deflate");

  private final List<String> extensions;

  InputFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** The format of a file or of files of that pattern; empty where the name does not say. */
  public static Optional<InputFormat> ofName(String name) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("\\.");
    int last = parts.length - 1;
    String extension = last > 1 && COMPRESSED.contains(parts[last]) ? parts[last - 1] : parts[last];
    return last == 0
        ? Optional.empty()
        : Arrays.stream(values()).filter(f -> f.extensions.contains(extension)).findFirst();
  }

  /** The format of a file by its first {@link #HEAD_BYTES}; empty where they do not say. */
  public static Optional<InputFormat> ofContent(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    if (Arrays.equals(head, 0, Math.min(head.length, 4), PARQUET_MAGIC, 0, 4)) {
      return Optional.of(PARQUET);
    }
    if (ImageFormat.isKnown(head)) {
      return Optional.of(IMAGES);
    }
    return text.isEmpty() || text.startsWith("{") ? Optional.of(JSON) : Optional.empty();
  }
}
