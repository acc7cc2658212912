package io.superneurons.jobs.wave;

import io.superneurons.jobs.files.OutputFolder;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Tells the Spark tasks of a run to end after their current batch: a file in the output folder,
 * which is the one place that driver and executors share. What is done by then is committed.
 *
 * @param file Spark tasks end once this file exists
 * @param run the run that is to end
 */
public record StopSignal(String file, String run) implements Serializable {
  /** Its name in the output folder; people may make the file too. */
  public static final String FILE_NAME = "_stop";

  private static final long LOOK_EVERY_NANOS = 2_000_000_000L;

  /** Remembers the last look, for all Spark tasks of a JVM. */
  private static final class Seen {
    private static StopSignal signal;
    private static long at;
    private static boolean stop;

    private static synchronized boolean look(StopSignal asked, Configuration conf) {
      long now = System.nanoTime();
      if (!asked.equals(signal) || now - at > LOOK_EVERY_NANOS) {
        signal = asked;
        at = now;
        stop = exists(asked.file(), conf);
      }
      return stop;
    }

    private static boolean exists(String asked, Configuration conf) {
      Path path = new Path(asked);
      try {
        return path.getFileSystem(conf).exists(path);
      } catch (IOException e) {
        return false; // one failed look at the file system is no reason to stop
      }
    }
  }

  public static StopSignal in(OutputFolder output, String run) {
    return new StopSignal(new Path(output.path(), FILE_NAME).toString(), run);
  }

  /** Whether to stop; the file is looked for every two seconds at most. */
  boolean isSet(Configuration conf) {
    return Seen.look(this, conf);
  }
}
