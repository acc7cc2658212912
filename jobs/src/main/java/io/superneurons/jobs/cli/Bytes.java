package io.superneurons.jobs.cli;

import java.util.Locale;

/** Sizes for people. */
public final class Bytes {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private Bytes() {}

  /** Such as {@code 1.5 GB}; a KB is 1,000 bytes. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
