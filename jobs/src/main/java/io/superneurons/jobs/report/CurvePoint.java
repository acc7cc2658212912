package io.superneurons.jobs.report;

import java.util.Objects;

/**
 * One point of a curve: a set's score against something that could have been chosen otherwise.
 *
 * @param set name of the set
 * @param along what the curve runs along
 * @param x the exit layer or the number of neurons
 * @param value the metric that selection ranks by
 */
public record CurvePoint(String set, Along along, int x, double value) {
  public CurvePoint {
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(along, "along");
  }

  /** What a curve runs along. */
  public enum Along {
    TOP_K("top_k"),
    EXIT_LAYER("exit_layer");

    private final String label;

    Along(String label) {
      this.label = label;
    }

    /** The name in select's table {@code curves}. */
    public String label() {
      return label;
    }
  }
}
