package io.superneurons.jobs.pass;

import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.ManifestRow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Reads encoded images from any file system that Hadoop knows. */
public final class ImageFiles {
  private final Configuration conf;
  private final long maxBytes;
  private final EffortClock clock;

  /**
   * @param maxBytes larger files are refused
   * @param clock measures how long reading takes
   */
  public ImageFiles(Configuration conf, long maxBytes, EffortClock clock) {
    this.conf = conf;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * The encoded image of a row.
   *
   * @throws FileNotFoundException if there is no such file
   * @throws IOException if it cannot be read or is larger than allowed
   */
  public byte[] read(ManifestRow row) throws IOException {
    if (row.embedded() != null) {
      byte[] bytes = row.embedded().bytes();
      requireWithin(bytes.length, row.image());
      return bytes;
    }
    long started = System.nanoTime();
    try {
      return read(new Path(row.location()));
    } catch (IllegalArgumentException e) {
      throw new IOException("Image " + row.location() + ": " + e.getMessage(), e);
    } finally {
      clock.read(started);
    }
  }

  private byte[] read(Path path) throws IOException {
    FileSystem files = PathNames.fileSystem(conf, path);
    FileStatus status = status(files, path);
    if (status.isDirectory()) {
      throw new IOException("Image " + path + " is a folder");
    }
    if (files instanceof RawLocalFileSystem local && !local.pathToFile(path).isFile()) {
      throw new IOException("Image " + path + " is a device or pipe, not a file");
    }
    requireWithin(status.getLen(), path);
    try (InputStream in = open(files, path)) {
      // Some file systems report no length, so what is read is bounded too.
      byte[] bytes = in.readNBytes(Math.toIntExact(Math.min(maxBytes, Integer.MAX_VALUE - 9) + 1));
      requireWithin(bytes.length, path);
      return bytes;
    }
  }

  private static FileStatus status(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException(path.toString());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InputStream open(FileSystem files, Path path) throws IOException {
    try {
      return files.open(path);
    } catch (FileNotFoundException e) {
      if (files instanceof RawLocalFileSystem) { // it is there: Java says so of no permission too
        throw unreadable(path, e);
      }
      throw e;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static IOException unreadable(Path path, IOException e) {
    return new IOException("Image " + path + " cannot be read: " + e.getMessage(), e);
  }

  private void requireWithin(long length, Object image) throws IOException {
    if (length > maxBytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Image %s has %,d bytes or more; the limit is %,d, see --max-image-bytes",
              image,
              length,
              maxBytes));
    }
  }
}
