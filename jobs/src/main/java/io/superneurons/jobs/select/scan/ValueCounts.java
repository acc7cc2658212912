package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.values.Keys;
import java.io.Serializable;

/**
 * How many values are NaN, infinite or saturated.
 *
 * @param nan those that are NaN
 * @param infinite those that are infinite
 * @param saturated those at the end of the range, to which larger ones were cut
 */
public record ValueCounts(long nan, long infinite, long saturated) implements Serializable {
  public static final ValueCounts NONE = new ValueCounts(0, 0, 0);

  /** Magnitudes of float16 above this are counted. */
  static final int GREATEST_ORDINARY_HALF = 0x7bfe;

  /** These and one value more; this where the value is ordinary. */
  ValueCounts with(Keys type, int key) {
    if (type.isNaN(key)) {
      return new ValueCounts(nan + 1, infinite, saturated);
    }
    if (!type.isFinite(key)) {
      return new ValueCounts(nan, infinite + 1, saturated);
    }
    return type.isSaturated(key) ? new ValueCounts(nan, infinite, saturated + 1) : this;
  }

  public ValueCounts plus(ValueCounts other) {
    return new ValueCounts(nan + other.nan, infinite + other.infinite, saturated + other.saturated);
  }
}
