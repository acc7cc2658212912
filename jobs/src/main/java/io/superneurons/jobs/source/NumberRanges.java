package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of numbers in braces, as webdataset's users write them: {@code {000..099}.tar}. */
final class NumberRanges {
  private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})\\}");

  /** More files than this are a folder, or a pattern. */
  private static final int MOST = 100_000;

  private NumberRanges() {}

  /**
   * All paths, in their order; numbers have as many digits as the first of their range.
   *
   * @throws ConfigurationException if a range runs backwards or is too long
   */
  static List<String> expanded(List<String> paths) {
    List<String> all = new ArrayList<>();
    paths.forEach(path -> add(path, all));
    return all;
  }

  private static void add(String path, List<String> all) {
    Matcher range = RANGE.matcher(path);
    if (!range.find()) {
      all.add(path);
      return;
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first || last - first >= MOST - all.size()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Input %s: range %s must run upwards, over %,d numbers at most",
              path,
              range.group(),
              MOST));
    }
    for (int number = first; number <= last; number++) {
      String digits = String.format(Locale.ROOT, "%0" + range.group(1).length() + "d", number);
      add(path.substring(0, range.start()) + digits + path.substring(range.end()), all);
    }
  }
}
