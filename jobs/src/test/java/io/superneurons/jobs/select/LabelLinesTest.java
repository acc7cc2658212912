package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.rows.TaskRows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelLinesTest {
  @Test
  void fewRowsAndNearlyAllRowsOfALabelGetALineEach() {
    assertEquals(List.of(), lines(50, 50));
    assertEquals(List.of(), lines(5, 94));
    List<String> lines = lines(4, 96);
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).contains("'a' has 4 probing and validation rows"), lines.toString());
    assertTrue(lines.get(1).contains("'b' is that of 96.0%"), lines.toString());
  }

  /** Half of the rows are validation rows; test rows, all of one label, do not count. */
  private static List<String> lines(int ofFirst, int ofSecond) {
    int rows = ofFirst + ofSecond;
    int[] given = IntStream.range(0, rows + 10).map(row -> row < ofFirst ? 0 : 1).toArray();
    return LabelLines.of(
        TaskRows.ofDistinctImages(
            "t", List.of("a", "b"), given, new int[] {0, rows / 2, rows, rows + 10}));
  }
}
