package io.superneurons.neuron.score;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.RuleFitterTest;
import io.superneurons.neuron.statistics.FalseDiscovery;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.values.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of neurons that know nothing of the labels, in at most one task of twenty may any have a q-value
 * below 0.05. With {@code -Dsimulated.tasks=400 -Dsimulated.neurons=2000} it makes the rates of
 * {@code docs/statistics.md}, which it prints.
 */
class FalseDiscoveriesTest {
  private static final int TASKS = Integer.getInteger("simulated.tasks", 40);
  private static final int NEURONS = Integer.getInteger("simulated.neurons", 200);
  private static final double RATE = 0.05;

  /** Neurons of a task that do know its labels, where power is looked at. */
  private static final int PLANTED = 20;

  /** What tasks are like. Rows of an image have one label, and most of their values in common. */
  enum Regime {
    TWO_LABELS_WITH_VALIDATION(2, 140, 60, 1, 0.5),
    TWO_LABELS_IN_FOLDS(2, 200, 0, 1, 0.5),
    TEN_LABELS(10, 140, 60, 1, 0.1),
    TWENTY_LABELS(20, 160, 40, 1, 0.05),
    A_RARE_LABEL(2, 200, 0, 1, 0.1),
    FIVE_ROWS_OF_A_LABEL(2, 10, 0, 1, 0.5),
    TWENTY_ROWS_OF_A_LABEL(2, 40, 0, 1, 0.5),
    COARSE_VALUES(2, 200, 0, 1, 0.1),
    HALF_OF_THE_VALUES_ZERO(2, 200, 0, 1, 0.1),
    MOST_VALUES_ZERO(2, 200, 0, 1, 0.1),
    FIVE_ROWS_OF_AN_IMAGE(2, 200, 0, 5, 0.5);

    final int labels;
    final int probing;
    final int rows;
    final int rowsOfImage;
    final double share; // of the last label

    Regime(int labels, int probing, int validation, int rowsOfImage, double share) {
      this.labels = labels;
      this.probing = probing;
      this.rows = probing + validation;
      this.rowsOfImage = rowsOfImage;
      this.share = share;
    }

    /** The first images have two of each label, which folds need. */
    TaskRows task(Random random) {
      int[] images = IntStream.range(0, rows).map(row -> row / rowsOfImage).toArray();
      int[] ofImages = new int[rows];
      for (int image = 0; image < rows; image++) {
        int other = random.nextInt(labels - 1);
        ofImages[image] = random.nextDouble() < share ? labels - 1 : other;
        ofImages[image] = image < 2 * labels ? image / 2 : ofImages[image];
      }
      int[] given = Arrays.stream(images).map(image -> ofImages[image]).toArray();
      List<String> names =
          IntStream.range(0, labels)
              .mapToObj(label -> String.format(Locale.ROOT, "%02d", label))
              .toList();
      return new TaskRows("t", names, given, images, new int[] {0, probing, rows, rows});
    }

    float value(double ofImage, double own) {
      return (float)
          switch (this) {
            case COARSE_VALUES -> Math.round(2 * own) / 2.0;
            case HALF_OF_THE_VALUES_ZERO -> Math.max(0, own);
            case MOST_VALUES_ZERO -> Math.max(0, own - 1.645);
            case FIVE_ROWS_OF_AN_IMAGE -> 0.9 * ofImage + 0.4 * own;
            default -> own;
          };
    }
  }

  /**
   * The q-values of a task's neurons.
   *
   * @param planted so many of the first ones know the last label
   * @param by how far its values are moved, in standard deviations
   */
  private static double[] qValues(Regime regime, int planted, double by, long seed) {
    Random random = new Random(seed);
    TaskRows rows = regime.task(random);
    Scheme scheme = new Scheme(Optional.empty(), FittedOn.PROBE_AND_VALIDATION, 0);
    TaskPlan plan = TaskPlan.of(rows, Rule.tried(regime.labels), Metric.ACCURACY, scheme);
    NeuronScorer scorer = new NeuronScorer(plan, IntStream.range(0, rows.size()).toArray());
    double[] pValues = new double[NEURONS];
    for (int neuron = 0; neuron < NEURONS; neuron++) {
      double[] ofImages = new double[rows.size()];
      Arrays.setAll(ofImages, image -> random.nextGaussian());
      float[] values = new float[rows.size()];
      for (int row = 0; row < values.length; row++) {
        boolean moved = neuron < planted && rows.given()[row] == regime.labels - 1;
        double own = random.nextGaussian() + (moved ? by : 0);
        values[row] = regime.value(ofImages[rows.images()[row]], own);
      }
      pValues[neuron] =
          Arrays.stream(scorer.score(RuleFitterTest.values(Keys.FLOAT32, values)))
              .mapToDouble(score -> score.pValues()[plan.finalTrial()])
              .min()
              .orElseThrow();
    }
    double[] ranked = Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).toArray();
    long[] once = new long[ranked.length];
    Arrays.fill(once, 1);
    FalseDiscovery found = new FalseDiscovery(ranked, once);
    return Arrays.stream(pValues).map(found::qValue).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void noiseIsRarelyFound(Regime regime) {
    long found =
        IntStream.range(0, TASKS)
            .filter(task -> Arrays.stream(qValues(regime, 0, 0, task)).anyMatch(q -> q < RATE))
            .count();
    System.out.printf(Locale.ROOT, "%s: %.3f%n", regime, (double) found / TASKS);
    double deviation = Math.sqrt(TASKS * RATE * (1 - RATE));
    assertTrue(found <= TASKS * RATE + 3 * deviation, found + " of " + TASKS);
  }

  @Test
  void plantedNeuronsAreFoundAndFewOthers() {
    int tasks = Math.max(4, TASKS / 10);
    for (double by : new double[] {0.5, 0.75, 1, 1.5}) {
      for (Regime regime : List.of(Regime.TWO_LABELS_IN_FOLDS, Regime.A_RARE_LABEL)) {
        long right = 0;
        long wrong = 0;
        for (int task = 0; task < tasks; task++) {
          double[] q = qValues(regime, PLANTED, by, task);
          right += Arrays.stream(q, 0, PLANTED).filter(one -> one < RATE).count();
          wrong += Arrays.stream(q, PLANTED, NEURONS).filter(one -> one < RATE).count();
        }
        double power = (double) right / (tasks * PLANTED);
        double falseShare = wrong / Math.max(1.0, right + wrong);
        System.out.printf(
            Locale.ROOT, "%s by %.2f: power %.3f, false %.3f%n", regime, by, power, falseShare);
        boolean many = right + wrong > 50;
        assertTrue(!many || falseShare < 0.1, regime + ": " + wrong + " of them by luck");
        boolean clear = by >= (regime == Regime.A_RARE_LABEL ? 1.5 : 1);
        assertTrue(!clear || power > 0.9, regime + " by " + by + ": power " + power);
      }
    }
  }
}
