package io.superneurons.neuron.cascade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.chosen.HeldOut;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against scikit-learn, whose search ends within about a ten-thousandth. */
class CalibrationTest {
  @Test
  void probabilitiesAreScikitLearns() {
    for (JsonNode example : Fixture.read("calibration.json").get("cases")) {
      double[] margins = Fixture.doubles(example.get("margins"));
      Calibration found = Calibration.of(heldOut(margins, Fixture.ints(example.get("right"))), 0);
      for (int i = 0; i < example.get("at").size(); i++) {
        assertEquals(
            example.get("probability").get(i).asDouble(),
            found.probability(example.get("at").get(i).asDouble()),
            1e-3);
      }
    }
  }

  @Test
  void noVoteIsLessLikelyRightThanACloserOne() {
    double[] margins = {0.05, 0.1, 0.2, 0.8, 0.9, 1};
    Calibration found = Calibration.of(heldOut(margins, new int[] {1, 1, 1, 1, 0, 0}), 0);
    assertEquals(0, found.slope());
    // targets of 5/6 for each of four, 1/4 for each of two, and a half for the row that is added
    assertEquals((4 * 5 / 6.0 + 2 / 4.0 + 0.5) / 7, found.probability(1), 1e-12);
    assertEquals(found.probability(0), found.probability(1));
  }

  @Test
  void rowsThatAreAllRightAreNoCertainty() {
    int[] right = new int[10];
    Arrays.fill(right, 1);
    double[] same = new double[10];
    Arrays.fill(same, 0.4);
    Calibration one = Calibration.of(heldOut(same, right), 0);
    assertEquals(11 / 12.0, one.probability(0.4), 1e-6);
    assertEquals(0.5, one.probability(0), 1e-6, "below all margins that were seen");
    double[] spread = new Random(1).doubles(10).toArray();
    Calibration found = Calibration.of(heldOut(spread, right), 0);
    assertTrue(found.probability(0) < found.probability(0.5), found.toString());
    assertTrue(found.probability(1) > 0.9 && found.probability(1) < 0.99, found.toString());
  }

  /** Fitted on some rows, it is right about others. */
  @Test
  void onOtherRowsTheErrorIsThatOfLuck() {
    Random random = new Random(5);
    Calibration fitted = Calibration.of(heldOut(random, 500), 0);
    double[] margins = random.doubles(4000).toArray();
    boolean[] right = new boolean[margins.length];
    double[] probabilities = new double[margins.length];
    for (int row = 0; row < right.length; row++) {
      right[row] = random.nextDouble() < truth(margins[row]);
      probabilities[row] = fitted.probability(margins[row]);
    }
    assertTrue(Reliability.of(probabilities, right).error() < 0.06);
    assertTrue(Reliability.of(margins, right).error() > 0.15, "margins are no probabilities");
  }

  @Test
  void theErrorIsTheMeanOverRows() {
    double[] probabilities = {0.95, 1, 0.9, 0.55};
    Reliability found = Reliability.of(probabilities, new boolean[] {true, true, false, true});
    assertEquals(2, found.bins().size());
    assertEquals(new Reliability.Bin(1, 0.55, 1), found.bins().get(0));
    assertEquals((0.45 + 3 * (0.95 - 2 / 3.0)) / 4, found.error(), 1e-12);
    assertTrue(Double.isNaN(Reliability.of(new double[0], new boolean[0]).error()));
  }

  private static double truth(double margin) {
    return 1 / (1 + Math.exp(-3 * margin + 0.2));
  }

  private static HeldOut heldOut(Random random, int rows) {
    double[] margins = random.doubles(rows).toArray();
    int[] right =
        Arrays.stream(margins).mapToInt(m -> random.nextDouble() < truth(m) ? 1 : 0).toArray();
    return heldOut(margins, right);
  }

  /** All rows have label 1, so that the prediction is whether they are right. */
  private static HeldOut heldOut(double[] margins, int[] right) {
    int[] given = new int[right.length];
    Arrays.fill(given, 1);
    return HeldOut.of(given, List.of(new HeldOut.Said(right, margins)), Optional.empty());
  }
}
