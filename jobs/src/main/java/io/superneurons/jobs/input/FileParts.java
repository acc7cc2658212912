package io.superneurons.jobs.input;

import io.superneurons.jobs.files.TextStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a file is cut into parts, by its format and by nothing but the file. */
public final class FileParts {
  private FileParts() {}

  /**
   * The parts of a file.
   *
   * @param format what it is
   * @param path with its file system
   * @param bytes its length
   */
  public static List<InputPart> of(
      Configuration conf, InputFormat format, String path, long bytes) {
    return switch (format) {
      case JSON -> json(conf, path, bytes);
      case CSV -> List.of(new CsvPart(path, bytes, ','));
      case TSV -> List.of(new CsvPart(path, bytes, '\t'));
      case PARQUET -> parquet(path, bytes);
      case IMAGES -> List.of(ImageFolder.file(new Path(path)));
      case AUTO, TAR -> throw new IllegalArgumentException(path + " is read elsewhere");
    };
  }

  private static List<InputPart> json(Configuration conf, String path, long bytes) {
    if (TextStream.isCompressed(conf, path)) {
      return List.of(new JsonPart(path, 0, Long.MAX_VALUE));
    }
    List<InputPart> parts = new ArrayList<>();
    long cut = JsonPart.CUT_BYTES;
    for (long start = 0; start == 0 || start < bytes; start += cut) {
      parts.add(new JsonPart(path, start, Math.min(bytes, start + cut)));
    }
    return parts;
  }

  private static List<InputPart> parquet(String path, long bytes) {
    List<InputPart> parts = new ArrayList<>();
    long cut = ParquetPart.CUT_BYTES;
    for (long start = 0; start == 0 || start < bytes; start += cut) {
      parts.add(new ParquetPart(path, start, Math.min(bytes, start + cut)));
    }
    return parts;
  }
}
