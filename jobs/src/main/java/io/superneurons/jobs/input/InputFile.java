package io.superneurons.jobs.input;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * A manifest.
 *
 * @param path with its file system
 * @param bytes its length
 */
record InputFile(String path, long bytes) {
  static InputFile of(FileStatus status) {
    return new InputFile(status.getPath().toString(), status.getLen());
  }

  static String[] paths(List<InputFile> files) {
    return files.stream().map(InputFile::path).toArray(String[]::new);
  }
}
