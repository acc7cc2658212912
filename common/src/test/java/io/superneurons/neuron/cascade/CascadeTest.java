package io.superneurons.neuron.cascade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Margins;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Voting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic of a cascade beside that of {@code cascade_fixtures.py}. */
class CascadeTest {
  static List<JsonNode> cases() {
    List<JsonNode> cases = new ArrayList<>();
    Fixture.read("cascade.json").get("cases").forEach(cases::add);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thresholdsGiveWhatTheyGiveRowByRow(JsonNode c) {
    for (JsonNode plan : c.get("plans")) {
      int[] thresholds = Fixture.ints(plan.get("thresholds"));
      CascadePlan ours = CascadePlan.of(Fixture.heldOut(c), last(c), layers(c), thresholds);
      assertArrayEquals(
          Fixture.ints(plan.get("decided")),
          ours.decided().stream().mapToInt(Integer::intValue).toArray());
      assertEquals(plan.get("right").asInt(), ours.right());
      assertEquals(plan.get("layers").asLong(), ours.layers());
      assertEquals(plan.get("right").asDouble() / c.get("given").size(), ours.accuracy(), 1e-15);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSearchFindsWhatTryingAllThresholdsFinds(JsonNode c) {
    CascadeSearch search = new CascadeSearch(Fixture.heldOut(c), last(c), layers(c));
    CascadePlan best = search.mostAccurate();
    assertEquals(c.at("/most_accurate/right").asInt(), best.right());
    assertEquals(c.at("/most_accurate/layers").asLong(), best.layers());
    for (JsonNode target : c.get("targets")) {
      Optional<CascadePlan> found = search.cheapest(target.get("target").asDouble());
      assertEquals(target.get("layers").isNull(), found.isEmpty());
      if (found.isPresent()) {
        assertEquals(target.get("layers").asLong(), found.get().layers());
        assertEquals(target.get("right").asInt(), found.get().right());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCurveIsThatOfEachLevelByItself(JsonNode c) {
    for (int level = 0; level < c.get("margins").size(); level++) {
      List<MarginCurve.Point> points = MarginCurve.of(Fixture.heldOut(c), level);
      JsonNode expected = c.get("curves").get(level);
      assertEquals(expected.size(), points.size());
      for (int i = 0; i < points.size(); i++) {
        double[] values = Fixture.doubles(expected.get(i));
        assertEquals(values[0], points.get(i).threshold());
        assertEquals(values[1], points.get(i).answered(), 1e-12);
        assertEquals(values[2], points.get(i).accuracy(), 1e-12);
      }
    }
  }

  @Test
  void marginsCompareWithThresholdsAsTheirThousandthsDo() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100_000; i++) {
      int numerator = random.nextInt(128);
      double margin = i % 2 == 0 ? numerator / 127.0 : random.nextInt(1001) / 1000.0;
      int threshold = random.nextInt(1002); // up to one that no margin reaches
      assertEquals(
          margin < Margins.value(threshold), Margins.thousandths(margin) < threshold, "" + margin);
    }
  }

  @Test
  void manyLevelsWithManyMarginsAreSearchedOnAGrid() {
    SplittableRandom random = new SplittableRandom(7);
    int rows = 2000;
    int[] given = IntStream.generate(() -> random.nextInt(2)).limit(rows).toArray();
    List<HeldOut.Said> levels = new ArrayList<>();
    for (int level = 0; level < 4; level++) {
      double[] margins = IntStream.range(0, rows).mapToDouble(row -> random.nextDouble()).toArray();
      int[] predicted =
          IntStream.range(0, rows)
              .map(
                  row -> random.nextDouble() < 0.5 + margins[row] / 2 ? given[row] : 1 - given[row])
              .toArray();
      levels.add(new HeldOut.Said(predicted, margins));
    }
    int[] layers = {1, 2, 5, 9};
    HeldOut heldOut = HeldOut.of(given, levels, Optional.empty());
    CascadeSearch search = new CascadeSearch(heldOut, LastResort.DEEPEST, layers);
    CascadePlan plan = search.cheapest(0.85).orElseThrow();
    assertTrue(plan.accuracy() >= 0.85);
    int[] thresholds = plan.thresholds().stream().mapToInt(Integer::intValue).toArray();
    assertEquals(plan, CascadePlan.of(heldOut, LastResort.DEEPEST, layers, thresholds));
    assertTrue(plan.accuracy() <= search.mostAccurate().accuracy());
    assertTrue(search.cheapest(0.999).isEmpty());
  }

  @Test
  void withoutAnswersTheModelIsNoLastResort() {
    HeldOut heldOut =
        HeldOut.of(
            new int[] {0, 1},
            List.of(new HeldOut.Said(new int[] {0, 0}, new double[] {0.5, 0.25})),
            Optional.empty());
    assertThrows(
        IllegalArgumentException.class,
        () -> new CascadeSearch(heldOut, LastResort.MODEL, new int[] {1, 2}));
    assertEquals(
        0.5,
        new CascadeSearch(heldOut, LastResort.DEEPEST, new int[] {1}).mostAccurate().accuracy());
  }

  @Test
  void aRowIsDecidedWhereItsVotesAreClearOrByTheLastResort() {
    TaskSuperNeurons task = task(level(0, 0, 1), level(4, 2, 3));
    TaskCascade model = TaskCascade.of(task, List.of(0.5, 0.5), LastResort.MODEL);
    ActivationSource close = neuron -> neuron.index() == 0 ? 1 : -1;
    ActivationSource clear = neuron -> 1;
    assertEquals(at(1), model.layerAfter(Optional.empty()));
    assertEquals(
        Optional.empty(), model.decision(ModelLayer.ofDecoder(0), clear), "a neuron is in layer 1");
    assertEquals(0, model.decision(ModelLayer.ofDecoder(1), clear).orElseThrow().level());
    assertEquals(Optional.empty(), model.decision(ModelLayer.ofDecoder(1), close));
    assertEquals(at(3), model.layerAfter(at(1)), "no neuron is in layer 4");
    TaskCascade.Decision asked = model.decision(ModelLayer.ofDecoder(3), close).orElseThrow();
    assertEquals(1, asked.level());
    assertTrue(asked.unsure());
    TaskCascade deepest = TaskCascade.of(task, List.of(0.5), LastResort.DEEPEST);
    assertEquals(
        asked.prediction(),
        deepest.decision(ModelLayer.ofDecoder(3), close).orElseThrow().prediction());
    assertTrue(!deepest.decision(ModelLayer.ofDecoder(3), close).orElseThrow().unsure());
    TaskCascade none = TaskCascade.of(task, List.of(0.0, 0.7), LastResort.MODEL);
    assertEquals(TaskCascade.none(task), none);
    assertThrows(
        IllegalArgumentException.class, () -> TaskCascade.of(task, List.of(0.5), LastResort.MODEL));
  }

  /** Two neurons that vote alike, in these layers, of indexes 0 and 1. */
  private static Level level(int exitLayer, int first, int second) {
    List<SuperNeuron> neurons = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      Neuron neuron = new Neuron(index == 0 ? first : second, Site.MLP_POST, index);
      neurons.add(new SuperNeuron(neuron, FittedRule.cut(Rule.ZERO, 1, 0), 1, 1, 1));
    }
    return new Level(
        ModelLayer.ofDecoder(Math.max(exitLayer, second)), Rule.ZERO, Voting.MAJORITY, neurons);
  }

  private static TaskSuperNeurons task(Level own, Level deeper) {
    return TaskFixture.task(
        "dogs", List.of("no", "yes"), own, new Cascade(List.of(deeper), Optional.empty()));
  }

  private static LastResort last(JsonNode c) {
    return c.get("last_resort").asText().equals("model") ? LastResort.MODEL : LastResort.DEEPEST;
  }

  private static int[] layers(JsonNode c) {
    return Fixture.ints(c.get("layers"));
  }

  private static Optional<ModelLayer> at(int layer) {
    return Optional.of(ModelLayer.ofDecoder(layer));
  }
}
