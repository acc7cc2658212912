package io.superneurons.jobs.report;

import java.util.List;
import java.util.Map;

/**
 * How a set's line is drawn: told apart by colour and by dashes, so also in grey.
 *
 * @param color of line and markers
 * @param dashes of the line, as SVG has them
 */
record SetStyle(String color, String dashes) {
  private static final SetStyle PROBE = new SetStyle("#9a9a9a", "2 3");
  private static final SetStyle CHOOSING = new SetStyle("#c2570c", "7 3");
  private static final SetStyle TEST = new SetStyle("#0b5cad", "none");
  private static final List<SetStyle> FURTHER =
      List.of(
          new SetStyle("#0f7b55", "10 3 2 3"),
          new SetStyle("#8e3b8a", "4 2"),
          new SetStyle("#7a5c00", "12 4"));

  private static final Map<String, SetStyle> NAMED =
      Map.of(
          Sets.PROBE,
          PROBE,
          Sets.VALIDATION,
          CHOOSING,
          Sets.CROSS_VALIDATION,
          CHOOSING,
          Sets.TEST,
          TEST);

  /** The style of a set that is one of several in a drawing. */
  static SetStyle of(String set, List<String> all) {
    SetStyle named = NAMED.get(set);
    return named == null ? FURTHER.get(all.indexOf(set) % FURTHER.size()) : named;
  }
}
