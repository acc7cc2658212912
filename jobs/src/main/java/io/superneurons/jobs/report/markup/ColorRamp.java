package io.superneurons.jobs.report.markup;

import java.util.Locale;

/** Light to dark blue, which stays in order when it is printed in grey. */
public final class ColorRamp {
  private static final int[][] STOPS = {
    {0xf3, 0xf7, 0xfb},
    {0xc6, 0xdb, 0xef},
    {0x6b, 0xae, 0xd6},
    {0x21, 0x71, 0xb5},
    {0x08, 0x30, 0x6b}
  };

  private final double low;
  private final double high;

  /** A ramp from the lowest value, light, to the highest, dark. */
  public ColorRamp(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /** The colour of a value, such as {@code #6baed6}. */
  public String color(double value) {
    double place = place(value) * (STOPS.length - 1);
    int from = Math.min((int) place, STOPS.length - 2);
    double part = place - from;
    int[] rgb = new int[3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (int) Math.round(STOPS[from][i] + part * (STOPS[from + 1][i] - STOPS[from][i]));
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
  }

  /** The colour of a text that stands on the colour of a value. */
  public String textColor(double value) {
    return place(value) > 0.6 ? "#ffffff" : "#1a1a1a";
  }

  private double place(double value) {
    return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  }
}
