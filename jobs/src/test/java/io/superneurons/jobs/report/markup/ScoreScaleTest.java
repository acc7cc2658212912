package io.superneurons.jobs.report.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScoreScaleTest {

  @Test
  void holdsAllScoresInFewSteps() {
    scale(0.9, 0.98, 0.02, 0.91, 0.98, 0.94);
    scale(0, 1, 0.2, 0, 1);
    scale(-0.2, 0.6, 0.2, -0.1, 0.6);
  }

  /** The best score is 1, and the axis goes no further. */
  @Test
  void whereAllAreTheSameItEndsWithThem() {
    scale(0.99, 1, 0.01, 1, 1);
    scale(0, 0.01, 0.01, 0);
  }

  private static void scale(double low, double high, double step, double... scores) {
    ScoreScale scale = ScoreScale.of(Arrays.stream(scores).boxed().toList(), 0, 100);
    assertEquals(low, scale.low(), 1e-12);
    assertEquals(high, scale.high(), 1e-12);
    assertEquals(step, scale.step(), 1e-12);
    assertEquals(100, scale.y(scale.low()), 1e-9);
    assertEquals(0, scale.y(scale.high()), 1e-9);
  }
}
