package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.pass.CapturePlan;
import io.superneurons.jobs.pass.ExecutorModel;
import java.io.Serializable;
import java.util.function.UnaryOperator;

/** What extract and label each do with the rows of a task; made on the driver, used by tasks. */
public interface Stage extends Serializable {
  /** The files that the rows go to. */
  ResultFiles files();

  /**
   * Begins a task.
   *
   * @param model the executor's
   * @param out receives the task's rows
   */
  Opened open(ExecutorModel model, ResultWriter out);

  /**
   * A task that began.
   *
   * @param prepare changes a row before it is run
   * @param plan what a batch is to give
   * @param sink receives the outcomes
   */
  record Opened(UnaryOperator<ManifestRow> prepare, CapturePlan plan, RowSink sink) {}
}
