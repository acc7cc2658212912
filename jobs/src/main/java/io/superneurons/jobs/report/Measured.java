package io.superneurons.jobs.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One number of the evaluation table: what a method reaches on a set.
 *
 * @param set name of the set, such as {@code test}
 * @param method {@code super_neurons} or a baseline
 * @param metric name of the metric
 * @param value the metric
 * @param rows rows in the set
 * @param low lower end of the 95% interval, if there is one
 * @param high upper end of the 95% interval, if there is one
 */
public record Measured(
    String set,
    String method,
    String metric,
    double value,
    int rows,
    OptionalDouble low,
    OptionalDouble high) {
  public Measured {
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(metric, "metric");
    if (rows < 0 || low.isPresent() != high.isPresent()) {
      throw new IllegalArgumentException("rows cannot be negative, nor half an interval missing");
    }
  }
}
