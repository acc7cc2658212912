package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PValueCountsTest {
  private static final double RATE = 0.05;

  @Test
  void findsWhatTheQValuesFindButForTheStepAtTheEdge() {
    Random random = new Random(4);
    for (int planted : new int[] {0, 1, 20, 300}) {
      double[] pValues = new double[2000];
      PValueCounts left = new PValueCounts();
      PValueCounts right = new PValueCounts();
      for (int i = 0; i < pValues.length; i++) {
        pValues[i] = i < planted ? Math.pow(random.nextDouble(), 8) : random.nextDouble();
        (i % 3 == 0 ? left : right).add(pValues[i]);
      }
      left.add(right);
      left.add(Double.NaN);
      long[] once = new long[pValues.length];
      Arrays.fill(once, 1);
      FalseDiscovery exact = new FalseDiscovery(pValues, once);
      double largest = left.largestDiscovery(RATE);
      double[] found = Arrays.stream(pValues).filter(p -> p <= largest).toArray();
      assertEquals(found.length, left.atMost(largest));
      assertTrue(Arrays.stream(found).allMatch(p -> exact.qValue(p) <= RATE));
      double stricter = RATE / Math.pow(2, 1 / 16.0);
      long surely = Arrays.stream(pValues).filter(p -> exact.qValue(p) <= stricter).count();
      assertTrue(found.length >= surely, found.length + " of at least " + surely);
    }
  }

  @Test
  void certaintyIsADiscoveryAndNothingIsNone() {
    PValueCounts counts = new PValueCounts();
    assertEquals(0, counts.largestDiscovery(RATE));
    counts.add(1);
    assertEquals(0, counts.largestDiscovery(RATE));
    assertEquals(1, counts.largestDiscovery(1));
    counts.add(0);
    counts.add(1e-300);
    assertEquals(2, counts.atMost(counts.largestDiscovery(RATE)));
  }
}
