package io.superneurons.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads encoded images from any file system that Hadoop knows. */
final class ImageFiles {
  private final Configuration conf;
  private final Path folder;
  private final long maxBytes;

  /**
   * @param folder what relative paths start from
   * @param maxBytes larger files are refused
   */
  ImageFiles(Configuration conf, String folder, long maxBytes) {
    this.conf = conf;
    this.folder = new Path(folder);
    this.maxBytes = maxBytes;
  }

  /**
   * The bytes of an image file.
   *
   * @throws FileNotFoundException if there is none
   * @throws IOException if it cannot be read or is too large
   */
  byte[] read(String image) throws IOException {
    Path path = resolve(image);
    FileSystem files = path.getFileSystem(conf);
    FileStatus status = files.getFileStatus(path);
    if (status.isDirectory()) {
      throw new IOException("Image " + path + " is a folder");
    }
    if (status.getLen() > maxBytes) {
      throw new IOException(
          "Image %s has %d bytes; the limit is %d, see --max-image-bytes"
              .formatted(path, status.getLen(), maxBytes));
    }
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private Path resolve(String image) throws IOException {
    try {
      return new Path(folder, image);
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + image + "' is not a path: " + e.getMessage(), e);
    }
  }
}
