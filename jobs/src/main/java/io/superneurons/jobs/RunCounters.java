package io.superneurons.jobs;

import io.superneurons.model.RowOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks have done so far, for progress and Spark's own metrics. A task that runs twice counts
 * twice here; what was committed is counted by {@link TaskCounts}.
 *
 * @param rows done or failed
 * @param errors failed
 */
record RunCounters(LongAccumulator rows, LongAccumulator errors) implements Serializable {

  static RunCounters of(SparkContext spark, String job) {
    return new RunCounters(
        spark.longAccumulator(job + " rows"), spark.longAccumulator(job + " errors"));
  }

  /** The same sink, counted. */
  RowSink watching(RowSink sink) {
    return new RowSink() {
      @Override
      public void done(ManifestRow row, RowOutput output) throws IOException {
        sink.done(row, output);
        rows.add(1);
      }

      @Override
      public void failed(RowError error) throws IOException {
        sink.failed(error);
        rows.add(1);
        errors.add(1);
      }

      @Override
      public TaskCounts counts() {
        return sink.counts();
      }
    };
  }
}
