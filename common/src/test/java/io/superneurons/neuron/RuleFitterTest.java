package io.superneurons.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Against a search over every cut with scikit-learn's metrics. */
class RuleFitterTest {
  private static final int NONE = Confusion.NO_LABEL;

  @Test
  void twoWayRulesFindWhatASearchOverAllCutsFinds() {
    for (JsonNode example : Fixture.read().get("rules")) {
      int[] given = Fixture.ints(example.get("given"));
      Sample sample = new Sample(Fixture.floats(example.get("values")), given, 2);
      assertArrayEquals(Fixture.doubles(example.get("means")), sample.means(), 1e-12);
      for (Metric metric : Metric.values()) {
        for (Rule rule : Rule.tried(2)) {
          JsonNode expected = example.get("fitted").get(metric.label()).get(rule.label());
          FittedRule fitted = new RuleFitter(metric).fit(new Slot(rule, NONE), sample);
          String which = metric + " " + rule + " of " + example.get("values");
          assertEquals(expected.get("threshold").asDouble(), fitted.thresholds()[0], 0, which);
          assertEquals(expected.get("polarity").asInt(), fitted.polarity(), which);
          assertEquals(expected.get("score").asDouble(), score(fitted, sample, metric), 1e-12);
        }
      }
    }
  }

  @Test
  void theNearestMeanWinsAndTheEarlierOnATie() {
    float[] values = {0, 2, 9, 11, 20, 20};
    Sample sample = new Sample(values, new int[] {0, 0, 1, 1, 2, 2}, 3);
    FittedRule fitted =
        new RuleFitter(Metric.ACCURACY).fit(new Slot(Rule.NEAREST_MEAN, NONE), sample);
    assertArrayEquals(new double[] {1, 10, 20}, fitted.means());
    assertEquals(0, fitted.vote(5.5));
    assertEquals(1, fitted.vote(5.6));
    assertEquals(2, fitted.vote(1e9));
    assertEquals(NONE, fitted.vote(Double.NaN));
  }

  @Test
  void aDetectorVotesForItsLabelOrNotAtAll() {
    float[] values = {0, 1, 5, 6, 2, 3};
    Sample sample = new Sample(values, new int[] {0, 0, 1, 1, 2, 2}, 3);
    FittedRule high = new RuleFitter(Metric.ACCURACY).fit(new Slot(Rule.ONE_VS_REST, 1), sample);
    assertEquals(1, high.polarity());
    assertArrayEquals(new double[] {4}, high.thresholds());
    assertEquals(1, high.vote(4.5));
    assertEquals(NONE, high.vote(4));
    FittedRule low = new RuleFitter(Metric.ACCURACY).fit(new Slot(Rule.ONE_VS_REST, 0), sample);
    assertEquals(-1, low.polarity());
    assertEquals(0, low.vote(0));
  }

  @Test
  void constantNeuronsAndNaNAreNotUsable() {
    int[] given = {0, 1, 0};
    assertTrue(new Sample(new float[] {1, 2, 1}, given, 2).isUsable());
    assertFalse(new Sample(new float[] {1, 1, 1}, given, 2).isUsable());
    assertFalse(new Sample(new float[] {0f, -0f, 0f}, given, 2).isUsable());
    assertFalse(new Sample(new float[] {1, Float.NaN, 2}, given, 2).isUsable());
    assertFalse(new Sample(new float[] {1, Float.POSITIVE_INFINITY, 2}, given, 2).isUsable());
  }

  private static double score(FittedRule rule, Sample sample, Metric metric) {
    Confusion confusion = new Confusion(2);
    for (int row = 0; row < sample.rows(); row++) {
      confusion.add(sample.given(row), rule.vote(sample.value(row)));
    }
    return metric.of(confusion);
  }
}
