package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.dataset.PublishedFile;
import io.superneurons.jobs.input.FileParts;
import io.superneurons.jobs.input.InputFormat;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.shard.TarPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What one file of the input is. */
final class InputFile {
  private InputFile() {}

  /**
   * The parts of a file.
   *
   * @param input what the user says of it
   * @throws ConfigurationException if its format cannot be told
   */
  static List<InputPart> parts(
      Configuration conf, InputOptions input, FileSystem files, FileStatus status)
      throws IOException {
    if (input.dataset().isPresent()) {
      return PublishedFile.parts(
          conf, input.dataset().get(), files, status, input.imageRoots(conf));
    }
    InputFormat asked = input.format();
    InputFormat format = asked == InputFormat.AUTO ? format(files, status.getPath()) : asked;
    return format == InputFormat.TAR
        ? List.of(shard(files, status))
        : FileParts.of(conf, format, status.getPath().toString(), status.getLen());
  }

  /** A tar, with the table that img2dataset writes beside it under the same name. */
  private static TarPart shard(FileSystem files, FileStatus tar) throws IOException {
    Path table = ShardNames.table(tar.getPath());
    return new TarPart(
        tar.getPath().toString(), tar.getLen(), files.exists(table) ? table.toString() : null);
  }

  private static InputFormat format(FileSystem files, Path path) throws IOException {
    Optional<InputFormat> named = InputFormat.ofName(path.getName());
    if (named.isPresent()) {
      return named.get();
    }
    try (InputStream in = files.open(path)) {
      return InputFormat.ofContent(in.readNBytes(InputFormat.HEAD_BYTES))
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      "Cannot tell the format of input "
                          + path
                          + "; say it with --format json, csv, tsv, parquet, tar or images"));
    }
  }
}
