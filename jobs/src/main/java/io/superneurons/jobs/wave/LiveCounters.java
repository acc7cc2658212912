package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.model.pass.RowOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What Spark tasks have done so far, for progress and Spark's own metrics. A Spark task that runs
 * twice counts twice here; what was committed is counted by {@link RowCounts}.
 *
 * @param rows rows that are done or failed
 * @param errors rows that failed
 * @param tokens tokens of prompts
 * @param readNanos see {@link Effort}
 * @param prepareNanos see {@link Effort}
 * @param modelNanos see {@link Effort}
 * @param writeNanos see {@link Effort}
 */
public record LiveCounters(
    LongAccumulator rows,
    LongAccumulator errors,
    LongAccumulator tokens,
    LongAccumulator readNanos,
    LongAccumulator prepareNanos,
    LongAccumulator modelNanos,
    LongAccumulator writeNanos)
    implements Serializable {

  /** Counters that Spark's UI shows with the job's name. */
  public static LiveCounters of(SparkContext spark, String job) {
    return new LiveCounters(
        spark.longAccumulator(job + " rows"),
        spark.longAccumulator(job + " errors"),
        spark.longAccumulator(job + " tokens"),
        spark.longAccumulator(job + " read nanos"),
        spark.longAccumulator(job + " prepare nanos"),
        spark.longAccumulator(job + " model nanos"),
        spark.longAccumulator(job + " write nanos"));
  }

  /** Counts what was done; only on a Spark task's own thread, as accumulators require. */
  void add(Effort effort) {
    tokens.add(effort.tokens());
    readNanos.add(effort.readNanos());
    prepareNanos.add(effort.prepareNanos());
    modelNanos.add(effort.modelNanos());
    writeNanos.add(effort.writeNanos());
  }

  /**
   * The same stage, with every row counted here and what the rows took among its counts.
   *
   * @param clock of the Spark task
   */
  Stage.Opened watching(Stage.Opened stage, EffortClock clock) {
    Watched sink = new Watched(stage.sink(), clock);
    return new Stage.Opened(
        stage.prepare(), stage.plan(), sink, () -> stage.counts().get().with(sink.effort()));
  }

  private final class Watched implements RowSink {
    private final RowSink sink;
    private final EffortClock clock;
    private Effort counted = Effort.NONE;

    Watched(RowSink sink, EffortClock clock) {
      this.sink = sink;
      this.clock = clock;
    }

    @Override
    public void done(ManifestRow row, String imageSha256, RowOutput output) throws IOException {
      sink.done(row, imageSha256, output);
      rows.add(1);
      countEffort();
    }

    @Override
    public void failed(RowError error) throws IOException {
      sink.failed(error);
      rows.add(1);
      errors.add(1);
      countEffort();
    }

    private void countEffort() {
      Effort now = clock.effort();
      add(now.minus(counted));
      counted = now;
    }

    /** Of all rows so far; counted. */
    private Effort effort() {
      countEffort();
      return counted;
    }
  }
}
