package io.superneurons.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How sure an accuracy is, against intervals that statsmodels' proportion_confint gives. */
class PrecisionTest {
  /** Held-out rows of two kinds: 8 right and 2 wrong at the task's own level. */
  private static TaskSuperNeurons task(Map<String, Map<String, Double>> metrics, boolean heldOut) {
    SuperNeuron neuron =
        new SuperNeuron(
            new Neuron(0, Site.ATTN_Z, 1), FittedRule.cut(Rule.MIDPOINT, 1, 0), 1, 0.9, 0.9);
    HeldOut rows =
        new HeldOut(
            new int[] {8, 2},
            new int[][] {{900, 100}},
            new boolean[][] {{true, false}},
            new boolean[0]);
    return new TaskSuperNeurons(
        "t",
        Optional.empty(),
        List.of("a", "b"),
        new Level(ModelLayer.ofDecoder(0), Rule.MIDPOINT, Voting.MAJORITY, List.of(neuron)),
        heldOut ? new Cascade(List.of(), Optional.of(rows)) : Cascade.NONE,
        Optional.empty(),
        Metric.ACCURACY,
        Chosen.on(ChosenOn.CROSS_VALIDATION),
        metrics,
        Map.of(),
        Optional.empty());
  }

  private static Map<String, Map<String, Double>> nested(double images) {
    return Map.of(Precision.NESTED, Map.of("accuracy", 0.75, Precision.IMAGES, images));
  }

  @Test
  void countsRightRowsOfHeldOutRows() {
    Precision precision = Precision.of(task(nested(10), true)).orElseThrow();
    assertEquals(0.8, precision.accuracy(), 1e-12, "8 of 10 rows, whatever the metric says");
    assertEquals(10, precision.images());
    assertEquals(0.4901624715, precision.interval().low(), 1e-9);
    assertEquals(0.9433178485, precision.interval().high(), 1e-9);
    assertTrue(precision.isWide());
    assertEquals(
        "accuracy 0.800 on 10 images, each by a choice made without it, so 0.49 to 0.94 with 95%"
            + " confidence; 15 more of each of the 2 labels would narrow that to about 0.65 to"
            + " 0.90",
        precision.text());
  }

  @Test
  void manyImagesAreEnough() {
    assertFalse(Precision.of(task(nested(400), true)).orElseThrow().isWide());
  }

  @Test
  void isNotKnownOfEarlierFiles() {
    assertTrue(Precision.of(task(Map.of(), true)).isEmpty());
    assertTrue(Precision.of(task(nested(10), false)).isEmpty());
  }
}
