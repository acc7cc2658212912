package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
import java.io.IOException;

/** Takes the rows that a Spark task made, on their way to the files of its wave. */
public interface ResultWriter {
  /**
   * A row that is done.
   *
   * @param values in the order of {@link ResultFiles#rows()}
   */
  void row(Object[] values) throws IOException;

  /**
   * A row that failed.
   *
   * @param kind what was wrong with it
   * @param values in the order of {@link ResultFiles#errors()}
   */
  void error(ErrorKind kind, Object[] values) throws IOException;
}
