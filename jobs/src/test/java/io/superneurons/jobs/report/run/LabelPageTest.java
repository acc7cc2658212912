package io.superneurons.jobs.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.run.RunSummary;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The page that label ends with. */
class LabelPageTest {
  @Test
  void oneRowIsNoRows() {
    String page = page(Summaries.ofLabel(1));
    assertTrue(page.contains("<h1>1 row labelled</h1>"), page);
    assertTrue(page.contains("1 row, all decided after layer 1; none undecided."), page);
  }

  @Test
  void undecidedRowsAreNotCalledDecided() {
    String page = page(Summaries.withUndecided(30, 9));
    assertTrue(
        page.contains("30 rows, all decided or left open after layer 1; 9 undecided."), page);
  }

  @Test
  void whatEarlierRunsDidIsNotCalledNothing() {
    String page = page(Summaries.ofNothingToDo(30));
    assertTrue(page.contains("<h1>Nothing to do, 30 rows labelled before</h1>"), page);
  }

  @Test
  void anUndecidedRowIsNotSure() {
    assertEquals("97% sure", LabelPage.sure(row(Optional.of("cat"))));
    assertEquals("margin 0.193", LabelPage.sure(row(Optional.empty())));
  }

  private static LabelledRow row(Optional<String> prediction) {
    return new LabelledRow(
        "1",
        "pet",
        Optional.of("1.png"),
        prediction,
        OptionalDouble.of(0.193),
        OptionalDouble.of(0.968),
        Optional.empty());
  }

  private static String page(RunSummary run) {
    return new LabelPage(run, new LabelledRows(), Thumbnails.none()).render();
  }
}
