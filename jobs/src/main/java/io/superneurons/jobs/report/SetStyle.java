package io.superneurons.jobs.report;

import io.superneurons.jobs.report.read.Sets;
import java.util.List;
import java.util.Map;

/**
 * How a set's line is drawn: told apart by colour and by dashes, so also in grey.
 *
 * @param color the class of the style sheet that gives it its colour
 * @param dashes of the line, as SVG has them
 */
record SetStyle(String color, String dashes) {
  private static final SetStyle PROBE = new SetStyle("set-probe", "2 3");
  private static final SetStyle CHOOSING = new SetStyle("set-choosing", "7 3");
  private static final SetStyle CROSSED = new SetStyle("set-crossed", "2 3");
  private static final SetStyle TEST = new SetStyle("set-test", "none");
  private static final List<SetStyle> FURTHER =
      List.of(
          new SetStyle("set-more0", "10 3 2 3"),
          new SetStyle("set-more1", "4 2"),
          new SetStyle("set-more2", "12 4"));

  private static final Map<String, SetStyle> NAMED =
      Map.of(
          Sets.PROBE,
          PROBE,
          Sets.VALIDATION,
          CHOOSING,
          Sets.CROSS_VALIDATION,
          CROSSED,
          Sets.TEST,
          TEST);

  /** The style of a set that is one of several in a drawing. */
  static SetStyle of(String set, List<String> all) {
    SetStyle named = NAMED.get(set);
    if (named != null) {
      return named;
    }
    List<String> further = all.stream().filter(other -> !NAMED.containsKey(other)).toList();
    return FURTHER.get(Math.max(0, further.indexOf(set)) % FURTHER.size());
  }
}
