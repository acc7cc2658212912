package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One number of the table {@code evaluations}: what a method reaches on a set.
 *
 * @param task the task
 * @param set name of the set, such as {@code test}
 * @param method {@code super_neurons} or a baseline
 * @param metric name of the metric
 * @param value the metric; the mean of all draws for random neurons
 * @param rows rows in the set
 * @param interval of 95%; none for random neurons
 * @param topK neurons that voted; none for other baselines
 * @param exitLayer the largest layer of the decoder that had to run; none for other baselines, and
 *     where none had to
 */
public record Evaluation(
    String task,
    String set,
    String method,
    String metric,
    double value,
    int rows,
    Optional<Interval> interval,
    OptionalInt topK,
    OptionalInt exitLayer) {
  /** The project's own method. */
  public static final String SUPER_NEURONS = "super_neurons";

  /** What the model says when it is asked. */
  public static final String MODEL_ANSWER = "model_answer";

  /**
   * The metric that is the share of rows that are decided; of the model's own answers, of rows
   * whose answer names a label.
   */
  public static final String COVERAGE = "coverage";

  /** Accuracy by the labels that rows were given, where those learnt from are the answers. */
  public static final String TRUE_ACCURACY = "true_accuracy";

  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "set", "method", "metric")
          .numbers("value")
          .integers("n")
          .numbers("ci_low", "ci_high")
          .integers("k", "exit_layer")
          .named("evaluations");

  public Evaluation {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(topK, "topK");
    Objects.requireNonNull(exitLayer, "exitLayer");
    if (rows < 0) {
      throw new IllegalArgumentException("rows cannot be negative");
    }
  }

  /**
   * Where the metric lies in 95% of resamplings.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double low, double high) {}

  /** Reads a row of the table. */
  public static Evaluation of(TableRow row) {
    return new Evaluation(
        row.text("task"),
        row.text("set"),
        row.text("method"),
        row.text("metric"),
        row.number("value"),
        row.integer("n"),
        row.isNull("ci_low")
            ? Optional.empty()
            : Optional.of(new Interval(row.number("ci_low"), row.number("ci_high"))),
        row.integerIfAny("k"),
        row.integerIfAny("exit_layer"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      task,
      set,
      method,
      metric,
      value,
      rows,
      interval.map(Interval::low).orElse(null),
      interval.map(Interval::high).orElse(null),
      topK.isPresent() ? topK.getAsInt() : null,
      exitLayer.isPresent() ? exitLayer.getAsInt() : null
    };
  }
}
