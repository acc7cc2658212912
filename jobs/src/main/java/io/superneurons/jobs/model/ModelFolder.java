package io.superneurons.jobs.model;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A checkpoint folder as {@code --model} names it: a local one, at the same path on every executor,
 * or one on a file system that Hadoop knows, which every host fetches into a cache of its own. What
 * executors fetch must be, file by file, what the driver fetched and checked.
 *
 * @param source absolute local path, or URI
 * @param cache folder for fetched checkpoints on each host; empty for the default
 * @param files what a fetched folder holds, as the driver found it; empty for a local one
 */
public record ModelFolder(String source, String cache, List<ModelFile> files)
    implements Serializable {

  public ModelFolder {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(cache, "cache");
    files = List.copyOf(files);
  }

  /** A folder on this machine's disks. */
  static ModelFolder local(Path folder) {
    return new ModelFolder(folder.toAbsolutePath().normalize().toString(), "", List.of());
  }

  /**
   * Finds the folder and, where it is not local, fetches it to this host; on the driver.
   *
   * @param model path or URI
   * @param cache folder for fetched checkpoints
   * @throws ConfigurationException if it cannot be reached or fetched
   */
  static ModelFolder find(Configuration conf, String model, String cache) {
    org.apache.hadoop.fs.Path path = path(model);
    String scheme = path.toUri().getScheme();
    if (scheme == null || scheme.equals("file")) {
      return local(Path.of(path.toUri().getPath()));
    }
    try {
      FileSystem remote = path.getFileSystem(conf);
      String source = remote.makeQualified(path).toString();
      return new ModelFolder(source, cache, ModelCache.of(cache).fetch(remote, source).files());
    } catch (IOException e) {
      throw new ConfigurationException("Cannot fetch model " + model + ": " + e.getMessage(), e);
    }
  }

  private static org.apache.hadoop.fs.Path path(String model) {
    try {
      return PathNames.path(model);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "--model '" + model + "' is neither a path nor a URI: " + e.getMessage(), e);
    }
  }

  /**
   * The folder on this host, fetched now if it is not here yet.
   *
   * @throws IOException if it cannot be fetched, or is not what the driver fetched
   */
  public Path onThisHost(Configuration conf) throws IOException {
    if (files.isEmpty()) {
      return Path.of(source);
    }
    FileSystem remote = new org.apache.hadoop.fs.Path(source).getFileSystem(conf);
    ModelCache.Fetched here = ModelCache.of(cache).fetch(remote, source);
    if (!here.files().equals(files)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Model %s is not what the driver fetched; it holds %s here, %s there",
              source,
              here.files(),
              files));
    }
    return here.folder();
  }
}
