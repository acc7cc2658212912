package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WilsonTest {
  /** {@code scipy.stats.binomtest(right, rows).proportion_ci(method="wilson")}. */
  @Test
  void intervalsAreSciPys() {
    same(0.9811546736227335, 1, Wilson.of(1, 200));
    same(0, 0.35433043506668743, Wilson.of(0, 7));
    same(0.23072428127601297, 0.8823792257673521, Wilson.of(3 / 5.0, 5));
    same(0.6856590168795417, 0.8049183199318249, Wilson.of(150 / 200.0, 200));
    same(0.763868806553258, 0.9911185511992047, Wilson.of(19 / 20.0, 20));
  }

  /** Rows that are right or wrong together with all of their image are as good as one. */
  @Test
  void rowsOfAnImageThatErrTogetherCountOnce() {
    boolean[] right = new boolean[100];
    Arrays.fill(right, 0, 75, true);
    int[] images = IntStream.range(0, 100).map(row -> row / 5).toArray();
    Wilson once = Wilson.of(0.75, 19); // a variance that is estimated has a degree less
    same(once.low(), once.high(), Wilson.of(right, images));
    Arrays.fill(right, true);
    Wilson all = Wilson.of(1, 20);
    same(all.low(), 1, Wilson.of(right, images));
  }

  private static void same(double low, double high, Wilson found) {
    assertEquals(low, found.low(), 1e-12);
    assertEquals(high, found.high(), 1e-12);
  }
}
