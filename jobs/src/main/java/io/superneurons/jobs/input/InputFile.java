package io.superneurons.jobs.input;

import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

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

  /** The path in Spark's {@code _metadata.file_path}, which is encoded as a URI. */
  static String ofUri(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  /** Spark takes paths for patterns; these match the files and nothing else. */
  static String[] patterns(List<InputFile> files) {
    return files.stream()
        .map(file -> file.path().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1"))
        .toArray(String[]::new);
  }
}
