package io.superneurons.jobs.report.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The axis of a histogram ends where values do, or says that it does not. */
class ValueStripsTest {
  private static final FittedRule RULE = FittedRule.cut(Rule.MIDPOINT, 1, 0.5);

  @Test
  void theEndsOfTheAxisAreTheLowestAndTheHighestValue() {
    List<CardRow> rows = evenly(200);
    rows.add(row(-0.3516f));
    rows.add(row(2.367f));
    String drawn = drawn(rows);
    assertTrue(drawn.contains(">-0.3516<"), drawn);
    assertTrue(drawn.contains(">2.367<"), drawn);
    assertEquals(202, bars(drawn));
    assertTrue(drawn.contains("<title>1 row</title>"), drawn);
  }

  @Test
  void whereAFewValuesAreFarOutTheAxisSaysThatItEndsBefore() {
    List<CardRow> rows = evenly(200);
    rows.add(row(900));
    String drawn = drawn(rows);
    assertTrue(drawn.contains(">≤ 0.01005<"), drawn);
    assertTrue(drawn.contains(">≥ 0.9950<"), drawn);
    assertEquals(201, bars(drawn), "in the last bin");
  }

  /** Values from 0 to 1. */
  private static List<CardRow> evenly(int count) {
    List<CardRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i / (count - 1f)));
    }
    return rows;
  }

  private static CardRow row(float value) {
    return new CardRow("row", Optional.empty(), value > 0.5 ? 1 : 0, new float[] {value});
  }

  private static String drawn(List<CardRow> rows) {
    Element drawing = new ValueStrips(List.of("no", "yes"), RULE, rows, 0).draw("values");
    return drawing.render();
  }

  /** How many rows the bars stand for. */
  private static int bars(String drawn) {
    return Pattern.compile("<title>(\\d+) rows?</title>")
        .matcher(drawn)
        .results()
        .mapToInt(bar -> Integer.parseInt(bar.group(1)))
        .sum();
  }
}
