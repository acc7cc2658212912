package io.superneurons.jobs.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
