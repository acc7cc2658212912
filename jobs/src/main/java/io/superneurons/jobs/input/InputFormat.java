package io.superneurons.jobs.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an input file is. */
enum InputFormat {
  /** By the file's name, and by its first bytes where that says nothing. */
  AUTO,
  /** JSON Lines. */
  JSON("jsonl", "ndjson", "json"),
  CSV("csv"),
  TSV("tsv", "tab"),
  PARQUET("parquet", "parq", "pq"),
  /** Image files themselves, with no manifest. */
  IMAGES("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");

  private static final Set<String> COMPRESSED =
      Set.of("gz", "bz2", "zst", "snappy", "lz4", "deflate");

  private final List<String> extensions;

  InputFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** The format of a file or of files of that pattern; empty where the name does not say. */
  static Optional<InputFormat> ofName(String name) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("\\.");
    int last = parts.length - 1;
    String extension = last > 1 && COMPRESSED.contains(parts[last]) ? parts[last - 1] : parts[last];
    return last == 0
        ? Optional.empty()
        : Arrays.stream(values()).filter(f -> f.extensions.contains(extension)).findFirst();
  }
}
