package io.superneurons.jobs.report.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.report.images.Thumbnails;
import org.junit.jupiter.api.Test;

/** The page that label ends with. */
class LabelPageTest {
  @Test
  void oneRowIsNoRows() {
    String page =
        new LabelPage(Summaries.ofLabel(1), new LabelledRows(), Thumbnails.none()).render();
    assertTrue(page.contains("<h1>1 row labelled</h1>"), page);
    assertTrue(page.contains("1 row, all decided after layer 1; none undecided."), page);
  }
}
