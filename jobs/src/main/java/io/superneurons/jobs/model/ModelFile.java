package io.superneurons.jobs.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A file of a fetched checkpoint.
 *
 * @param name in the folder
 * @param bytes its size
 * @param sha256 of its content, hexadecimal
 */
record ModelFile(String name, long bytes, String sha256) implements Serializable {
  ModelFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
    if (name.isEmpty() || name.contains("/") || name.equals("..") || bytes < 0) {
      throw new IllegalArgumentException("No file of a folder: " + name + ", " + bytes);
    }
  }
}
