package io.superneurons.jobs.input;

import java.util.Locale;

/**
 * Where a row of the input stands.
 *
 * @param file with its file system
 * @param unit {@code line}, {@code row} or {@code image}
 * @param number of the line or row, from 1
 */
public record Place(String file, String unit, long number) {
  /** For messages. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %d of %s", unit, number, file);
  }
}
