package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against scikit-learn and SciPy. */
class MetricTest {
  private final JsonNode fixture = Fixture.read();

  @Test
  void metricsAreScikitLearns() {
    for (JsonNode example : fixture.get("metrics")) {
      for (Metric metric : Metric.values()) {
        double expected = example.get("metrics").get(metric.label()).asDouble();
        assertEquals(expected, metric.of(confusion(example)), 1e-12, metric + " of " + example);
      }
    }
  }

  @Test
  void aucOfVotesIsScikitLearns() {
    for (JsonNode example : fixture.get("votes")) {
      int[] given = Fixture.ints(example.get("given"));
      double[][] weights = new double[given.length][];
      Arrays.setAll(weights, row -> Fixture.doubles(example.get("weights").get(row)));
      double found = Auc.ofVotes(weights, given, example.get("labels").asInt());
      assertEquals(example.get("auc").asDouble(), found, 1e-12);
    }
    assertEquals(Auc.CHANCE, Auc.ofVotes(new double[][] {{0, 1}, {0, 2}}, new int[] {1, 1}, 2));
  }

  @Test
  void aRowWithoutPredictionIsWrong() {
    Confusion confusion = new Confusion(2);
    confusion.add(0, 0);
    confusion.add(1, Confusion.NO_LABEL);
    assertEquals(0.5, Metric.ACCURACY.of(confusion));
    assertEquals(0.5, Metric.BALANCED_ACCURACY.of(confusion));
    assertEquals(0.5, Metric.MACRO_F1.of(confusion));
  }

  @Test
  void namesGoBothWays() {
    for (Metric metric : Metric.values()) {
      assertEquals(metric, Metric.of(metric.label()));
      assertEquals(metric, Metric.of(metric.label().replace('_', '-')));
    }
    Exception e = assertThrows(IllegalArgumentException.class, () -> Metric.of("f2"));
    assertTrue(e.getMessage().contains("macro_f1"), e.getMessage());
    assertTrue(Double.isNaN(Metric.ACCURACY.of(new Confusion(2))));
  }

  private static Confusion confusion(JsonNode example) {
    Confusion confusion = new Confusion(example.get("labels").asInt());
    int[] given = Fixture.ints(example.get("given"));
    int[] predicted = Fixture.ints(example.get("predicted"));
    for (int row = 0; row < given.length; row++) {
      confusion.add(given[row], predicted[row]);
    }
    return confusion;
  }
}
