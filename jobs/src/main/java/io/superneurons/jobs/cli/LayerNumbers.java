package io.superneurons.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads an option that names layers: {@code all}, a range such as 0-3, or a list such as 0,2,5. */
public final class LayerNumbers {
  private LayerNumbers() {}

  /**
   * The layers that a text names, ascending.
   *
   * @param option whose value the text is
   * @param layers number of layers that there are
   * @throws ConfigurationException if the text names none, or one that the model does not have
   */
  public static List<Integer> parse(String option, String text, int layers) {
    List<Integer> chosen = new ArrayList<>();
    String ranges = text.equals("all") ? "0-" + (layers - 1) : text;
    for (String range : ranges.split(",")) {
      String[] ends = range.strip().split("-", 2);
      int last = layer(option, text, ends[ends.length - 1]);
      for (int layer = layer(option, text, ends[0]); layer <= last; layer++) {
        if (layer >= layers) {
          throw new ConfigurationException(
              String.format(
                  Locale.ROOT,
                  "%s %s: the model has layers 0 to %d only",
                  option,
                  text,
                  layers - 1));
        }
        chosen.add(layer);
      }
    }
    if (chosen.isEmpty()) {
      throw new ConfigurationException(option + " " + text + " names no layer");
    }
    return chosen.stream().distinct().sorted().toList();
  }

  private static int layer(String option, String text, String number) {
    try {
      return Integer.parseInt(number.strip());
    } catch (NumberFormatException e) {
      throw new ConfigurationException(option + " " + text + " is not all, A-B or A,B,C", e);
    }
  }
}
