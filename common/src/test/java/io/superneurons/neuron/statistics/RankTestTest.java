package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import org.junit.jupiter.api.Test;

/** Against SciPy. */
class RankTestTest {
  private final JsonNode fixture = Fixture.read();

  @Test
  void pValuesAreThoseOfMannWhitneyU() {
    for (JsonNode example : fixture.get("rank_tests")) {
      RankTest test = new RankTest(example.get("positives").asInt(), example.get("others").asInt());
      double expected = example.get("p_value").asDouble();
      assertEquals(
          expected, test.pValue(example.get("auc").asDouble()), 1e-9 * expected, "of " + example);
    }
  }

  @Test
  void ofTwoValuesTheyAreThoseOfTheHypergeometricDistribution() {
    for (JsonNode example : fixture.get("fisher_tests")) {
      int[] table = Fixture.ints(example.get("table"));
      double found = new FisherTest(table[3]).pValue(table[0], table[1], table[2], table[3]);
      double expected = example.get("p_value").asDouble();
      assertEquals(expected, found, 1e-9 * expected, "of " + example);
    }
  }

  @Test
  void normalTailIsSciPys() {
    for (JsonNode pair : fixture.get("normal_tail")) {
      double expected = pair.get(1).asDouble();
      assertEquals(expected, RankTest.normalTail(pair.get(0).asDouble()), 1e-10 * expected);
    }
  }

  @Test
  void withoutPairsLuckExplainsAll() {
    assertEquals(1, new RankTest(0, 5).pValue(0.5));
    assertTrue(Double.isNaN(new RankTest(3, 5).pValue(Double.NaN)));
  }
}
