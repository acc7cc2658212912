package io.superneurons.jobs.dataset;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The split that the name of a published file says. */
final class SplitName {
  private static final Pattern SPLIT = Pattern.compile("(?:^|[_.-])(train|val|test)");

  private SplitName() {}

  /** {@code train}, {@code val} or {@code test}; null where the name has none of them. */
  static String of(String file) {
    Matcher split = SPLIT.matcher(file.toLowerCase(Locale.ROOT));
    return split.find() ? split.group(1) : null;
  }
}
