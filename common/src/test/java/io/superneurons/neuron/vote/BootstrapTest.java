package io.superneurons.neuron.vote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.statistics.Metric;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Intervals, and how often they hold what they are of. */
class BootstrapTest {
  private static final int DRAWS = Integer.getInteger("simulated.draws", 150);
  private static final int IMAGES = 40;

  /**
   * Predictions of two labels that are equally often right, and where an image is hard, rarely: the
   * truth of accuracy and of balanced accuracy is known.
   */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    for (int rowsOfImage : new int[] {1, 5}) {
      for (double accuracy : new double[] {0.7, 0.95}) {
        int[] held = new int[2];
        for (int draw = 0; draw < DRAWS; draw++) {
          Bootstrap[] found = intervals(rowsOfImage, accuracy, new Random(draw));
          held[0] += holds(found[Metric.ACCURACY.ordinal()], accuracy) ? 1 : 0;
          held[1] += holds(found[Metric.BALANCED_ACCURACY.ordinal()], accuracy) ? 1 : 0;
        }
        System.out.printf(
            Locale.ROOT,
            "%d rows of each image, accuracy %.2f: %.3f, balanced %.3f%n",
            rowsOfImage,
            accuracy,
            (double) held[0] / DRAWS,
            (double) held[1] / DRAWS);
        assertTrue(held[0] >= 0.9 * DRAWS, "accuracy: " + held[0] + " of " + DRAWS);
        assertTrue(held[1] >= 0.85 * DRAWS, "balanced accuracy: " + held[1] + " of " + DRAWS);
      }
    }
  }

  private static boolean holds(Bootstrap interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  /** Half of the images have rows that are right or wrong together. */
  private static Bootstrap[] intervals(int rowsOfImage, double accuracy, Random random) {
    int rows = IMAGES * rowsOfImage;
    int[] images = IntStream.range(0, rows).map(row -> row / rowsOfImage).toArray();
    int[] given = new int[rows];
    int[] predicted = new int[rows];
    double[] luckOfImage = random.doubles(IMAGES).toArray();
    double[] ofOne = random.doubles(IMAGES).toArray();
    for (int row = 0; row < rows; row++) {
      int image = images[row];
      given[row] = image % 2;
      boolean right = (ofOne[image] < 0.5 ? luckOfImage[image] : random.nextDouble()) < accuracy;
      predicted[row] = right ? given[row] : 1 - given[row];
    }
    return Bootstrap.of(given, images, Verdicts.of(predicted), 2, random.nextLong());
  }

  @Test
  void whatIsAlwaysRightIsNotCertain() {
    int[] given = IntStream.range(0, 200).map(row -> row % 3).toArray();
    double[][] weights = new double[200][3];
    Arrays.setAll(weights, row -> new double[] {0, 0, 0});
    IntStream.range(0, 200).forEach(row -> weights[row][given[row]] = 1);
    int[] images = IntStream.range(0, 200).toArray();
    Bootstrap[] found =
        Bootstrap.of(given, images, new Verdicts(given, weights, new double[200]), 3, 1);
    for (Metric metric : Metric.values()) {
      Bootstrap interval = found[metric.ordinal()];
      assertEquals(1, interval.high());
      assertTrue(
          interval.low() > 0.95 && interval.low() < 0.99, metric + " from " + interval.low());
    }
    assertEquals(0.98115, found[Metric.ACCURACY.ordinal()].low(), 1e-5);
  }
}
