package io.superneurons.jobs.wave;

import io.superneurons.jobs.pass.BatchRunner;

/** Makes results of a task's outcomes, and counts them. */
public interface RowSink extends BatchRunner.Sink {
  /** What arrived so far. */
  RowCounts counts();
}
