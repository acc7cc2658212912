package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.model.pass.RowOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks have done so far, for progress and Spark's own metrics. A task that runs twice counts
 * twice here; what was committed is counted by {@link RowCounts}.
 *
 * @param rows done or failed
 * @param errors failed
 * @param tokens of prompts
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

  /** Counts what was done; on a task's thread, since accumulators are for no other. */
  void add(Effort effort) {
    tokens.add(effort.tokens());
    readNanos.add(effort.readNanos());
    prepareNanos.add(effort.prepareNanos());
    modelNanos.add(effort.modelNanos());
    writeNanos.add(effort.writeNanos());
  }

  /** The same sink, counted, with what its rows took. */
  RowSink watching(RowSink sink, EffortClock clock) {
    return new Watched(sink, clock);
  }

  private final class Watched implements RowSink {
    private final RowSink sink;
    private final EffortClock clock;
    private Effort told = Effort.NONE;

    Watched(RowSink sink, EffortClock clock) {
      this.sink = sink;
      this.clock = clock;
    }

    @Override
    public void done(ManifestRow row, RowOutput output) throws IOException {
      sink.done(row, output);
      rows.add(1);
      tellEffort();
    }

    @Override
    public void failed(RowError error) throws IOException {
      sink.failed(error);
      rows.add(1);
      errors.add(1);
      tellEffort();
    }

    private void tellEffort() {
      Effort now = clock.effort();
      add(now.minus(told));
      told = now;
    }

    @Override
    public RowCounts counts() {
      tellEffort();
      return sink.counts().with(told);
    }
  }
}
