package io.superneurons.jobs.report.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.results.JudgedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows of many are shown does not depend on the order in which they come. */
class RowsOfSetTest {
  /** Rows 0 to 99 by ascending margin; each tenth is wrong. */
  private static JudgedRow row(int number) {
    boolean wrong = number % 10 == 0;
    String label = number % 2 == 0 ? "even" : "odd";
    return new JudgedRow(
        "t",
        "test",
        "row " + number,
        Optional.empty(),
        Optional.empty(),
        label,
        Optional.of(wrong ? "odd" : label),
        Map.of(),
        number / 100.0,
        OptionalDouble.empty());
  }

  private static RowsOfSet of(List<JudgedRow> rows) {
    RowsOfSet set = new RowsOfSet();
    rows.forEach(set::add);
    return set;
  }

  private static List<String> ids(List<JudgedRow> rows) {
    return rows.stream().map(JudgedRow::id).toList();
  }

  @Test
  void theSurestOfWrongRowsAndTheClosestOfAllAreShown() {
    List<JudgedRow> rows = IntStream.range(0, 100).mapToObj(RowsOfSetTest::row).toList();
    RowsOfSet set = of(rows);
    assertEquals(100, set.rows());
    assertEquals(90, set.right());
    assertEquals(10, set.count("even", "odd"));
    assertEquals(
        List.of("row 90", "row 80", "row 70", "row 60", "row 50", "row 40", "row 30", "row 20"),
        ids(set.shownWrong()));
    assertEquals(
        List.of("row 0", "row 1", "row 2", "row 3", "row 4", "row 5", "row 6", "row 7"),
        ids(set.shownLeastSure()));
    assertEquals(4, set.shownRight().stream().filter(row -> row.label().equals("odd")).count());
    List<JudgedRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    RowsOfSet again = of(shuffled);
    assertEquals(set.shownRight(), again.shownRight());
    assertEquals(set.shownWrong(), again.shownWrong());
    assertEquals(set.shownLeastSure(), again.shownLeastSure());
  }
}
