package io.superneurons.neuron.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.choose.SizeChoice.OfSize;
import io.superneurons.neuron.choose.SizeChoice.Worth;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SizeChoiceTest {
  private static Worth worth(double score) {
    return new Worth(score, OptionalDouble.of(score));
  }

  private static OfSize size(double cost, double... scores) {
    return new OfSize(
        DoubleStream.of(scores).mapToObj(SizeChoiceTest::worth).toList(), cost, 10 * cost);
  }

  private static SizeChoice choice(double tolerance, OfSize... sizes) {
    return new SizeChoice(
        List.of(sizes), sizes[0].tasks().stream().map(task -> Tolerance.of(tolerance)).toList());
  }

  @Test
  void theCheapestThatLosesNothingIsTaken() {
    assertEquals(2, choice(0, size(4, 0.9), size(2, 0.9), size(1, 0.9)).choose());
    assertEquals(1, choice(0, size(4, 0.9), size(2, 0.9), size(1, 0.89)).choose());
    assertEquals(0, choice(0, size(4, 0.9), size(2, 0.8), size(1, 0.7)).choose());
    assertEquals(2, choice(0, size(4, 0.9), size(2, 0.8), size(1, 0.95)).choose());
  }

  @Test
  void theToleranceIsOfTheBestOfTheCostlierSizes() {
    assertEquals(1, choice(0.02, size(4, 0.9), size(2, 0.88), size(1, 0.87)).choose());
    assertEquals(2, choice(0.03, size(4, 0.9), size(2, 0.88), size(1, 0.87)).choose());
  }

  @Test
  void oneTaskThatLosesKeepsImagesLarge() {
    SizeChoice choice = choice(0.01, size(4, 0.9, 0.5), size(2, 0.95, 0.48));
    assertEquals(0, choice.choose());
    assertTrue(choice.willDo(0));
    assertFalse(choice.willDo(1));
  }

  /** Rows that had no say in the choice have one here. */
  @Test
  void aScoreThatIsGoodByChoosingOnlyDoesNotDo() {
    OfSize large = size(4, 0.9);
    OfSize lucky = new OfSize(List.of(new Worth(0.9, OptionalDouble.of(0.85))), 1, 10);
    assertEquals(0, choice(0.04, large, lucky).choose());
    assertEquals(1, choice(0.06, large, lucky).choose());
    OfSize unknown = new OfSize(List.of(new Worth(0.9, OptionalDouble.empty())), 1, 10);
    assertEquals(1, choice(0, large, unknown).choose());
  }

  /** Small images whose task leaves so late that they cost more are the ones to be matched. */
  @Test
  void theCostAtTheExitsCounts() {
    OfSize large = new OfSize(List.of(worth(0.9)), 3, 40);
    OfSize small = new OfSize(List.of(worth(0.95)), 4, 10);
    assertEquals(1, choice(0, large, small).choose());
    assertEquals(0, choice(0.05, large, small).choose());
  }

  @Test
  void ofEqualCostsTheCheaperPassCountsAndThenTheOrder() {
    OfSize large = new OfSize(List.of(worth(0.9)), 3, 40);
    OfSize small = new OfSize(List.of(worth(0.9)), 3, 10);
    assertEquals(1, choice(0, large, small).choose());
    assertEquals(0, choice(0, large, large).choose());
  }

  @Test
  void aTaskThatCannotBeServedIsLost() {
    OfSize nothing = new OfSize(List.of(Worth.NOTHING), 1, 1);
    assertEquals(0, choice(0, size(4, 0.9), nothing).choose());
    assertEquals(1, choice(0, nothing, new OfSize(List.of(worth(0.9)), 0.5, 1)).choose());
    assertEquals(1, choice(0, size(4, Double.NaN), nothing).choose());
  }

  @Test
  void whatTheSizeTookOfTheToleranceIsNotThereForTheExit() {
    SizeChoice choice = choice(0.05, size(4, 0.9), size(2, 0.88), size(1, 0.95));
    assertEquals(0.05, choice.left(0, 0).below(0.9), 1e-12);
    assertEquals(0.03, choice.left(1, 0).below(0.88), 1e-12);
    assertEquals(0.05, choice.left(2, 0).below(0.95), 1e-12);
    assertEquals(0, choice(0.01, size(4, 0.9), size(2, 0.8)).left(1, 0).below(0.8));
  }

  @Test
  void sizesAreOfTheSameTasks() {
    assertThrows(IllegalArgumentException.class, () -> choice(0, size(4, 0.9), size(2, 0.9, 0.8)));
  }
}
