package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.pass.CapturePlan;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.RowSink;
import java.io.Serializable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What extract and label each do with rows; made on the driver, used by Spark tasks. */
public interface Stage extends Serializable {
  /** The files that the rows go to. */
  ResultFiles files();

  /**
   * Begins the work of one Spark task.
   *
   * @param model the executor's
   * @param out receives the results
   */
  Opened open(ExecutorModel model, ResultWriter out);

  /**
   * The stage at work in one Spark task.
   *
   * @param prepare changes a row before it is run
   * @param plan says what a pass over some rows is to do
   * @param sink receives what came of each row
   * @param counts what the sink counted so far of the rows that are done; not how many they are,
   *     nor those that failed, which {@link WaveWriter} counts as it writes them
   */
  record Opened(
      UnaryOperator<ManifestRow> prepare,
      CapturePlan plan,
      RowSink sink,
      Supplier<RowCounts> counts) {}
}
