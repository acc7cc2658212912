package io.superneurons.jobs.files;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * The place of one wave of one run where its files wait until they appear; no other run, and no
 * other wave, uses it. The driver makes it and tells Spark tasks.
 *
 * @param folder where the files are to appear
 * @param run names the run; letters and digits
 * @param wave of the run
 * @param attempt Hadoop's number of the place, positive
 */
public record Staging(String folder, String run, int wave, int attempt) implements Serializable {
  public Staging {
    Objects.requireNonNull(folder, "folder");
    if (!run.matches("[0-9a-z]+") || wave < 0 || attempt <= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Not a place to stage: run '%s', wave %d, attempt %d",
              run,
              wave,
              attempt));
    }
  }

  Path output() {
    return new Path(folder);
  }

  /** The name of the place on object stores. */
  String uuid() {
    return String.format(Locale.ROOT, "%s-%05d", run, wave);
  }
}
