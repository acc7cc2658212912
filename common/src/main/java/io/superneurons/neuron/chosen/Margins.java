package io.superneurons.neuron.chosen;

/**
 * Margins in thousandths. Thresholds of a margin are whole thousandths, so that margins rounded
 * down to them compare with a threshold as the margins themselves do.
 */
public final class Margins {
  private static final int UNIT = 1000;

  private Margins() {}

  /** The most thousandths that a margin reaches. */
  public static int thousandths(double margin) {
    int rounded = (int) Math.rint(margin * UNIT);
    return value(rounded) <= margin ? rounded : rounded - 1;
  }

  /** The margin of so many thousandths. */
  public static double value(int thousandths) {
    return thousandths / (double) UNIT;
  }
}
