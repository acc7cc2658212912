package io.superneurons.jobs.files;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Paths as messages name them. */
public final class PathNames {
  private PathNames() {}

  /**
   * A path as it was given; one without a scheme also with the file system that it leads to, where
   * that is not the local one. On a cluster few expect that.
   */
  public static String of(Configuration conf, String given) {
    URI defaults = FileSystem.getDefaultUri(conf);
    boolean isBare = new Path(given).toUri().getScheme() == null;
    return isBare && !"file".equals(defaults.getScheme()) ? given + " on " + defaults : given;
  }
}
