package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
  /** {@code scipy.stats.false_discovery_control} of the same p-values, each as often. */
  @Test
  void qValuesAreSciPys() {
    double[] pValues = {0.3, 0.0004, 0.019, 1, 0.0095, 0.0201, 0.324, 0.0278, 0.019};
    long[] counts = {2, 1, 1, 3, 1, 1, 1, 1, 2};
    FalseDiscovery found = new FalseDiscovery(pValues, counts);
    double[] expected = {
      0.4212, 0.0052, 0.04355, 1, 0.04355, 0.04355, 0.4212, 0.051628571428571426, 0.04355
    };
    for (int i = 0; i < pValues.length; i++) {
      assertEquals(expected[i], found.qValue(pValues[i]), 1e-15, "of " + pValues[i]);
    }
  }

  @Test
  void whatWasNotRankedHasNone() {
    FalseDiscovery found = new FalseDiscovery(new double[] {0.5}, new long[] {1});
    assertTrue(Double.isNaN(found.qValue(Double.NaN)));
    assertEquals(0.5, found.qValue(0.4), "what is smaller is found when 0.5 is");
    assertEquals(1, found.qValue(0.6));
    assertTrue(Double.isNaN(new FalseDiscovery(new double[0], new long[0]).qValue(Double.NaN)));
  }
}
