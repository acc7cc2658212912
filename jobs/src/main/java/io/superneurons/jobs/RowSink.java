package io.superneurons.jobs;

import java.io.IOException;

/** Where a task's rows go; closed before the task commits. */
interface RowSink extends BatchRunner.Sink, AutoCloseable {
  /** What arrived so far. */
  TaskCounts counts();

  @Override
  void close() throws IOException;
}
