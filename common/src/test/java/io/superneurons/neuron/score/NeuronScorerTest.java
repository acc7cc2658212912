package io.superneurons.neuron.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.RuleFitterTest;
import io.superneurons.neuron.statistics.Auc;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.values.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeuronScorerTest {
  private static final int PROBING = 60;
  private static final int ROWS = 100;

  /** Rows of the task, in another order than the scan has them. */
  private static final int[] POSITIONS = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();

  private final int[] given = new Random(3).ints(ROWS, 0, 2).toArray();

  @ParameterizedTest
  @EnumSource
  void byAucNeuronsAreRankedByHowTheirValuesRank(Keys type) {
    float[] values = values();
    NeuronScore[] scores = scorer(Metric.AUC).score(RuleFitterTest.values(type, inScan(values)));
    for (NeuronScore score : scores) {
      int polarity = score.fitted().polarity();
      assertEquals(auc(values, 0, PROBING, 1), score.auc(), 1e-12);
      assertEquals(auc(values, 0, PROBING, polarity), score.probingScore(), 1e-12);
      assertEquals(auc(values, PROBING, ROWS, polarity), score.validation(), 1e-12);
      assertTrue(
          score.pValues()[0] > 0 && score.pValues()[0] < 1e-3, "p-value " + score.pValues()[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void checksCountEveryRow(Keys type) {
    float[] values = values();
    values[70] = Float.NaN;
    values[80] = Float.NEGATIVE_INFINITY;
    for (NeuronScore score :
        scorer(Metric.ACCURACY).score(RuleFitterTest.values(type, inScan(values)))) {
      long right =
          IntStream.range(PROBING, ROWS)
              .filter(row -> score.fitted().vote(values[row]) == given[row])
              .count();
      assertEquals((double) right / (ROWS - PROBING), score.validation(), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNeuronThatIsConstantOrBrokenOnProbingRowsHasNoScore(Keys type) {
    float[] constant = new float[ROWS];
    Arrays.fill(constant, 0, PROBING, 2);
    float[] broken = values();
    broken[5] = Float.POSITIVE_INFINITY;
    for (float[] values : List.of(constant, broken)) {
      for (Metric metric : Metric.values()) {
        for (NeuronScore score :
            scorer(metric).score(RuleFitterTest.values(type, inScan(values)))) {
          assertNull(score.fitted());
          assertTrue(Double.isNaN(score.probingScore()) && Double.isNaN(score.validation()));
          assertTrue(Double.isNaN(score.pValues()[0]) && Double.isNaN(score.auc()));
        }
      }
    }
  }

  /** Coarse, so that there are ties; small where the label is 1. */
  private float[] values() {
    Random random = new Random(8);
    float[] values = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      values[row] = Math.round(4 * random.nextGaussian() - 6 * given[row]) / 4f;
    }
    return values;
  }

  private static float[] inScan(float[] values) {
    float[] inScan = new float[ROWS];
    IntStream.range(0, ROWS).forEach(row -> inScan[POSITIONS[row]] = values[row]);
    return inScan;
  }

  private double auc(float[] values, int from, int to, int polarity) {
    double[][] weights =
        IntStream.range(from, to)
            .mapToObj(row -> new double[] {0, polarity * values[row]})
            .toArray(double[][]::new);
    return Auc.ofVotes(weights, Arrays.copyOfRange(given, from, to), 2);
  }

  private NeuronScorer scorer(Metric metric) {
    Scheme scheme = new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);
    TaskRows rows =
        TaskRows.ofDistinctImages(
            "t", List.of("no", "yes"), given, new int[] {0, PROBING, ROWS, ROWS});
    return new NeuronScorer(TaskPlan.of(rows, Rule.tried(2), metric, scheme), POSITIONS);
  }
}
