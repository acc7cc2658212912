package io.superneurons.activation;

/**
 * Counts what a store dtype could not hold: values beyond its range, and NaN. Not thread-safe: use
 * one per thread and add their counts up afterwards.
 */
public final class SaturationCounter {
  private long saturated;
  private long nan;

  void addSaturated() {
    saturated++;
  }

  void addNaN() {
    nan++;
  }

  /** Values, infinities included, that were held at the largest finite value. */
  public long saturated() {
    return saturated;
  }

  /** Values that were NaN; they are stored as NaN. */
  public long nan() {
    return nan;
  }
}
