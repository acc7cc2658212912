package io.superneurons.jobs.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a pace comes to in images a second and time per million. */
class PaceTest {
  @Test
  void aShareOfThePassTakesThatShareOfTheTime() {
    Pace pace = new Pace(50, "label", 100);
    assertEquals(50, pace.images(1));
    assertEquals(500, pace.images(0.1));
    assertEquals("about 500 images a second, 33 min per million", pace.text(0.1));
    assertEquals("about 50 images a second, 5.6 h per million", pace.text(1));
    assertEquals(
        "about 0.50 images a second, 556 h per million", new Pace(0.5, "label", 9).text(1));
  }

  @Test
  void aFewRowsTellNoPace() {
    assertEquals(Optional.empty(), Pace.ofLabel(Summaries.ofLabel(99), layer -> 0.1));
    assertEquals(Optional.empty(), Pace.ofExtract(Summaries.ofLabel(99)));
    assertEquals(1, Pace.ofLabel(Summaries.ofLabel(100), layer -> 0.1).orElseThrow().passes());
    assertEquals(10, Pace.ofExtract(Summaries.ofLabel(100)).orElseThrow().passes());
  }
}
