package io.superneurons.jobs.select.scan;

import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.baseline.LinearProbe;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.values.NeuronValues;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows that linear probes are fitted and checked on. At most so many of each are used, however
 * large the task is, because the cost of exact least squares grows with the square of the rows. Of
 * more rows every n-th is taken, in their canonical order.
 */
public enum ProbeRows {
  /** Rows that find the layer and the penalty. */
  CHOOSING(512),

  /** Rows that fit the one probe that is kept. */
  KEPT(2048);

  private final int most;

  ProbeRows(int most) {
    this.most = most;
  }

  private int[] some(int[] rows) {
    if (rows.length <= most) {
      return rows;
    }
    return IntStream.range(0, most).map(i -> rows[(int) ((long) i * rows.length / most)]).toArray();
  }

  /** What is fitted and checked; checking needs no rows where a probe is kept. */
  public Trial[] trials(TaskPlan plan) {
    return switch (this) {
      case CHOOSING ->
          Arrays.stream(plan.choosingTrials())
              .mapToObj(trial -> plan.trials().get(trial))
              .map(trial -> new Trial(trial.role(), some(trial.fit()), some(trial.check())))
              .toArray(Trial[]::new);
      case KEPT -> {
        Trial last = plan.trials().get(plan.finalTrial());
        yield new Trial[] {new Trial(last.role(), some(last.fit()), new int[0])};
      }
    };
  }

  /** The rows of the table that tasks need. */
  BitSet wanted(ScanPlan work, int[] tasks) {
    BitSet wanted = new BitSet(work.rows());
    for (int task : tasks) {
      for (Trial trial : trials(work.plan(task))) {
        Stream.of(trial.fit(), trial.check())
            .flatMapToInt(Arrays::stream)
            .forEach(row -> wanted.set(work.start(task) + row));
      }
    }
    return wanted;
  }

  /** Bytes that the values of a task's rows and its probe take. */
  public long bytesHeld(TaskPlan plan, StoreDType dtype, int width) {
    long rows =
        Arrays.stream(trials(plan))
            .flatMapToInt(t -> IntStream.concat(Arrays.stream(t.fit()), Arrays.stream(t.check())))
            .distinct()
            .count();
    return width * (rows * dtype.bytes() + (long) plan.rows().labels().size() * Double.BYTES);
  }

  /** Bytes that fitting a task takes meanwhile. */
  public long bytesOfFit(TaskPlan plan, int width) {
    long rows =
        Arrays.stream(trials(plan))
            .mapToInt(trial -> Math.max(trial.fit().length, trial.check().length))
            .max()
            .orElse(0);
    return LinearProbe.bytes(rows, width, plan.rows().labels().size());
  }

  /** Values of some rows: [neurons, rows]. */
  static double[][] features(NeuronMatrix matrix, int[] positions, int[] rows) {
    double[][] features = new double[matrix.size()][rows.length];
    for (int neuron = 0; neuron < features.length; neuron++) {
      NeuronValues values = matrix.values(neuron);
      for (int i = 0; i < rows.length; i++) {
        features[neuron][i] = finite(values.type().value(values.key(positions[rows[i]])));
      }
    }
    return features;
  }

  /** Least squares need finite values: NaN and infinities count as zero. */
  static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
