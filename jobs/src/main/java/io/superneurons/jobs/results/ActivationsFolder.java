package io.superneurons.jobs.results;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * What extract wrote, for the commands that read it.
 *
 * @param path the folder
 * @param metadata of the activations in it
 */
public record ActivationsFolder(String path, ActivationsMetadata metadata) {
  public ActivationsFolder {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(metadata, "metadata");
  }

  /**
   * Opens the folder.
   *
   * @throws ConfigurationException if it is no folder that extract wrote
   */
  public static ActivationsFolder open(Configuration conf, String path) {
    return new ActivationsFolder(
        path,
        FolderFile.read(conf, path, ActivationsMetadata.FILE_NAME, ActivationsMetadata::fromJson));
  }
}
