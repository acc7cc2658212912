package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.rows.TaskWords;
import io.superneurons.neuron.rows.TaskRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelLinesTest {
  private static final Sets SETS = Sets.with(List.of());

  @Test
  void fewRowsAndNearlyAllRowsOfALabelGetALineEach() {
    assertEquals(List.of(), lines(50, 50));
    assertEquals(List.of(), lines(5, 94));
    List<String> lines = lines(4, 96);
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).contains("'a' has 4 probing and validation rows"), lines.toString());
    assertTrue(lines.get(1).contains("'b' is that of 96.0%"), lines.toString());
  }

  @Test
  void aSetWithoutALabelIsNamed() {
    int[] given = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1};
    TaskRows rows =
        TaskRows.ofDistinctImages("t", List.of("a", "b"), given, new int[] {0, 10, 10, 12});
    assertEquals(
        List.of("test has no row of 'a', so its scores say nothing of that label"),
        lines(rows, Optional.empty()));
  }

  @Test
  void anImageWithTwoAnswersToOneQuestionIsCounted() {
    int[] given = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
    int[] images = {0, 0, 1, 2, 3, 4, 5, 6, 6, 6};
    TaskRows rows = new TaskRows("t", List.of("a", "b"), given, images, new int[] {0, 10, 10, 10});
    assertEquals(List.of(), lines(rows, Optional.empty()), "each row may ask another question");
    assertEquals(
        List.of("2 images with several labels for the same question: at most one of them is right"),
        lines(rows, Optional.of("Which?")));
  }

  /** Half of the rows are validation rows; test rows, of both labels, do not count. */
  private static List<String> lines(int ofFirst, int ofSecond) {
    int rows = ofFirst + ofSecond;
    int[] given = IntStream.range(0, rows + 2).map(row -> row < ofFirst ? 0 : 1).toArray();
    given[rows] = 0;
    return lines(
        TaskRows.ofDistinctImages(
            "t", List.of("a", "b"), given, new int[] {0, rows / 2, rows, rows + 2}),
        Optional.empty());
  }

  private static List<String> lines(TaskRows rows, Optional<String> question) {
    TaskWords words = new TaskWords(question, Optional.empty(), Map.of());
    return LabelLines.of(new LabelledTask(rows, words, 0), SETS);
  }
}
