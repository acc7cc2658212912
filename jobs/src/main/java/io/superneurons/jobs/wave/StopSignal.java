package io.superneurons.jobs.wave;

import io.superneurons.jobs.files.OutputFolder;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Tells the tasks of a run to end after the rows in hand: a file in the output folder, since that
 * is the one place that driver and executors share. What is done by then is committed.
 *
 * @param file whose presence says so
 * @param run that it is for
 */
public record StopSignal(String file, String run) implements Serializable {
  /** Its name in the output folder; a person may make one as well. */
  public static final String FILE_NAME = "_stop";

  private static final long LOOK_EVERY_NANOS = 2_000_000_000L;

  /** One look a while is enough for all task threads of a JVM. */
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
        return false; // a hiccup of the file system is no reason to stop
      }
    }
  }

  public static StopSignal in(OutputFolder output, String run) {
    return new StopSignal(new Path(output.path(), FILE_NAME).toString(), run);
  }

  /** Whether to stop; looked up now and then. */
  boolean isSet(Configuration conf) {
    return Seen.look(this, conf);
  }
}
