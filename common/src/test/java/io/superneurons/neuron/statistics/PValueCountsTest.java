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
      PValueCounts.Doubt doubt = left.doubt(RATE);
      assertEquals(found.length, doubt.below());
      double[] held = Arrays.stream(pValues).filter(doubt::holds).toArray();
      PValueCounts.Limit limit = doubt.limit(RATE, held);
      long[] all = {0, 0};
      for (double p : pValues) {
        all[0] += exact.qValue(p) <= RATE ? 1 : 0;
        all[1] += p <= limit.pValue() ? 1 : 0;
      }
      assertEquals(all[0], limit.neurons());
      assertEquals(all[0], all[1]);
      assertTrue(planted > 0 || held.length == 0, "noise leaves nothing to look at");
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
    assertEquals(2, counts.doubt(RATE).below());
    assertEquals(2, counts.doubt(RATE).limit(RATE, new double[0]).neurons());
  }

  /** Half of these are found by steps only where their p-values are looked at. */
  @Test
  void whatStepsLeaveOpenIsFoundByThePValues() {
    PValueCounts counts = new PValueCounts();
    double[] pValues = {0.049, 0.03, 0.9, 0.0499};
    long[] once = {1, 1, 1, 1};
    double rate = 0.0666;
    Arrays.stream(pValues).forEach(counts::add);
    PValueCounts.Doubt doubt = counts.doubt(rate);
    assertTrue(doubt.isOpen());
    assertEquals(0, doubt.below());
    double[] held = Arrays.stream(pValues).filter(doubt::holds).toArray();
    FalseDiscovery exact = new FalseDiscovery(pValues, once);
    assertEquals(
        Arrays.stream(pValues).filter(p -> exact.qValue(p) <= rate).count(),
        doubt.limit(rate, held).neurons());
    assertEquals(3, doubt.limit(rate, held).neurons());
  }
}
