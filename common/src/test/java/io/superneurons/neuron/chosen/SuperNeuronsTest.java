package io.superneurons.neuron.chosen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.CapturedLayers;
import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteWidths;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Line;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.VoteTable;
import io.superneurons.neuron.vote.Voting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The file {@code superneurons.json} and what its parts refuse. */
class SuperNeuronsTest {
  private static final Chosen CHOSEN =
      new Chosen(
          ChosenOn.CROSS_VALIDATION,
          FittedOn.PROBE_AND_VALIDATION,
          0.125,
          Optional.of(Picking.greedy(9)),
          List.of(
              new ExitPoint(
                  ModelLayer.ofDecoder(0),
                  Rule.ZERO,
                  Voting.LOG_ODDS,
                  Picking.topK(3),
                  0.75,
                  OptionalDouble.of(0.7),
                  OptionalDouble.of(0.25),
                  Map.of()),
              new ExitPoint(
                  ModelLayer.ofDecoder(1),
                  Rule.MIDPOINT,
                  Voting.MAJORITY,
                  Picking.greedy(9),
                  0.875,
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  Map.of("min_pixels", 144, "max_pixels", 288))),
          Optional.of(new Permutations(99, 0.01, 0.02, 0.25, 0.875, 0.5)),
          Optional.of(new Discoveries(0.05, 812)),
          LabelsFrom.COLUMN);

  private static final Neuron FIRST = new Neuron(0, Site.RESID_POST, 3);
  private static final Neuron SECOND = new Neuron(1, Site.ATTN_Z, 1);
  private static final Neuron THIRD = new Neuron(1, Site.MLP_POST, 9);

  @Test
  void theFileKeepsEverything() {
    TaskSuperNeurons cuts =
        task(List.of("no", "yes"), member(FIRST, FittedRule.cut(Rule.BEST_CUT, -1, 0.125), 1));
    TaskSuperNeurons means =
        task(
            List.of("a", "b", "c"),
            member(SECOND, FittedRule.nearestMean(new double[] {1, 2.5, 3}), 0.5));
    TaskSuperNeurons detectors =
        task(List.of("a", "b", "c"), member(THIRD, FittedRule.detector(1, -1, 2), 0.25));
    String json = file(cuts, means, detectors).toJson();
    SuperNeurons read = SuperNeurons.fromJson(json, "there");
    assertEquals(json, read.toJson());
    assertEquals("yes", read.tasks().get(0).classify(n -> 0.1f).label().orElseThrow());
    assertEquals("b", read.tasks().get(1).classify(n -> 2.4f).label().orElseThrow());
    assertEquals("b", read.tasks().get(2).classify(n -> 1).label().orElseThrow());
    assertTrue(json.contains("\"exit_layer\" : 1"), json);
    assertTrue(json.contains("\"thresholds\" : [ 0.125 ]"), json);
    assertTrue(json.contains("\"question\" : \"Is there a dog?\""), json);
  }

  @Test
  void theFileKeepsTablesAndLines() {
    List<String> labels = List.of("a", "b", "c");
    double[][] table = {{0, 0, 0}, {0, 0, 0}, {0.25, 1.5, 0}, {0, 0, 2}};
    FittedRule means = FittedRule.nearestMean(new double[] {1, 2.5, 3});
    SuperNeuron votes = new SuperNeuron(FIRST, means, new VoteTable(table), 0.9, 0.8);
    Line line = new Line(0.5, new double[] {0.1, 0, -0.1}, new double[] {0.3, -0.2, 1 / 3.0});
    SuperNeuron lines = new SuperNeuron(SECOND, means, line, 0.9, 0.8);
    String json = file(task(labels, votes), task(labels, lines)).toJson();
    SuperNeurons read = SuperNeurons.fromJson(json, "there");
    assertEquals(json, read.toJson());
    assertTrue(json.contains("\"evidence\" : [ null, null, [ 0.25, 1.5, 0.0 ],"), json);
    assertEquals(
        Map.of("a", 0.25, "b", 1.5, "c", 0.0), read.tasks().get(0).classify(n -> 2).votes());
    assertEquals(line, read.tasks().get(1).neurons().get(0).evidence());
    assertEquals(Optional.empty(), read.tasks().get(1).classify(n -> Float.NaN).label());
    refused(json.replace("[ null, null, [ 0.25, 1.5, 0.0 ],", "[ null,"), "4 rows");
    refused(json.replace("\"slopes\" : [ 0.3, ", "\"slopes\" : [ "), "3 slopes");
  }

  @Test
  void theFileKeepsDeeperLevelsAndTheBestAnywhere() {
    TaskSuperNeurons task = cascade(1, 2, 5);
    String json = file(task).toJson();
    TaskSuperNeurons read = SuperNeurons.fromJson(json, "there").tasks().get(0);
    assertEquals(json, file(read).toJson());
    assertEquals(
        List.of(1, 2, 5), read.levels().stream().map(l -> l.exitLayer().number()).toList());
    assertFalse(json.contains("exit_part"), "as files of earlier versions");
    assertEquals(ModelLayer.ofDecoder(7), read.bestAnywhere().orElseThrow().exitLayer());
    assertEquals(
        "yes", read.levels().get(2).classify(read.labels(), n -> n.layer()).label().orElseThrow());
    assertEquals("no", read.classify(n -> n.layer() - 1).label().orElseThrow());
  }

  @Test
  void layersOfTheTowerComeBeforeThoseOfTheDecoder() {
    SuperNeuron shallow = member(new Neuron(11, Site.VISION_MLP_POST_GRID, 9), zero(), 1);
    Level first = new Level(ModelLayer.ofTower(11), Rule.ZERO, Voting.MAJORITY, List.of(shallow));
    TaskSuperNeurons task = cascade(List.of(first, level(0)));
    String json = file(task).toJson();
    assertTrue(json.contains("\"exit_part\" : \"tower\""), json);
    assertTrue(json.contains("\"site\" : \"vision_mlp_post_grid\""), json);
    SuperNeurons read = SuperNeurons.fromJson(json, "there");
    assertEquals(json, read.toJson());
    assertEquals(ModelLayer.ofTower(11), read.tasks().get(0).exitLayer());
    assertThrows(IllegalArgumentException.class, () -> cascade(List.of(level(0), first)));
    ActivationLayout decoder = ActivationLayout.ofAllLayers(9, Map.of(Site.MLP_POST, 99));
    assertThrows(FormatException.class, () -> read.requireIn(decoder));
    read.requireIn(
        new ActivationLayout(
            CapturedLayers.all(12),
            CapturedLayers.all(9),
            SiteWidths.same(Map.of(Site.MLP_POST, 99, Site.VISION_MLP_POST_GRID, 40))));
  }

  @Test
  void theFileKeepsWhatNeuronsDidOnTheProbingRows() {
    TaskSuperNeurons without = task(List.of("no", "yes"), member(FIRST, zero(), 1));
    assertEquals(Optional.empty(), without.probing(), "as files of earlier versions");
    TaskProfile profile =
        new TaskProfile(
            Map.of("no", 3L, "yes", 5L),
            List.of(new NeuronProfile(0.1, 1 / 3.0, List.of(0.25, 0.75))));
    String json = file(without.withProbing(profile)).toJson();
    SuperNeurons read = SuperNeurons.fromJson(json, "there");
    assertEquals(profile, read.tasks().get(0).probing().orElseThrow());
    assertEquals(json, read.toJson());
    assertTrue(json.contains("\"firing_rates\" : [ 0.25, 0.75 ]"), json);
    refused(json.replace("[ 0.25, 0.75 ]", "[ 0.25 ]"), "needs mean, deviation");
    refused(json.replace("\"yes\" : 5", "\"maybe\" : 5"), "needs mean, deviation");
    refused(json.replace("\"deviation\" : 0.3", "\"deviation\" : -0.3"), "deviation");
  }

  @Test
  void levelsThatDoNotGoDeeperAreRefused() {
    for (int[] layers : new int[][] {{1, 1}, {3, 2}, {1, 4, 4}}) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> cascade(layers));
      assertTrue(e.getMessage().contains("not after layer " + layers[layers.length - 2]));
    }
    refused(
        file(cascade(1, 3)).toJson().replace("\"exit_layer\" : 3", "\"exit_layer\" : 2"),
        "layer 3");
  }

  @Test
  void aLevelHasNeuronsOfItsRuleUpToItsExitLayer() {
    SuperNeuron first = member(FIRST, zero(), 1);
    SuperNeuron cut = member(SECOND, FittedRule.cut(Rule.BEST_CUT, 1, 0), 1);
    new Level(ModelLayer.ofDecoder(1), Rule.BEST_CUT, Voting.MAJORITY, List.of(cut));
    for (List<SuperNeuron> members : List.of(List.<SuperNeuron>of(), List.of(first, cut))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Level(ModelLayer.ofDecoder(1), Rule.ZERO, Voting.MAJORITY, members));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Level(ModelLayer.ofDecoder(0), Rule.BEST_CUT, Voting.MAJORITY, List.of(cut)));
  }

  @Test
  void abrokenFileIsRefusedByName() {
    String json = file(task(List.of("no", "yes"), member(FIRST, zero(), 1))).toJson();
    refused(json.replace("\"superneurons\"", "\"sae\""), "'sae'");
    refused(json.replace("\"version\" : 1", "\"version\" : 9"), "version 9");
    refused(json.replace("\"rule\" : \"zero\"", "\"rule\" : \"oracle\""), "'oracle'");
    refused(json.replace("\"thresholds\"", "\"cuts\""), "threshold");
    refused(
        json.replace("\"exit_layer\" : 1", "\"exit_layer\" : -1"),
        "layer must be from 0 to 9999, not -1");
    refused(json.replace("\"exit_layer\" : 1,", ""), "exit_layer");
    refused(json.replaceFirst("\"index\" : \\d+", "\"index\" : 0.5"), "index");
    refused(json.replaceFirst("\"index\" : \\d+,", ""), "index");
    refused(json.replace("\"site\"", "\"place\""), "site");
    refused(json.replace("\"neurons\"", "\"cells\""), "neurons");
    refused(json.replace("\"tasks\"", "\"jobs\""), "tasks");
    refused(json + json, "not JSON");
    SuperNeurons.fromJson(json, "the-file");
  }

  @Test
  void aFileThatIsCutShortAnywhereIsRefused() {
    String json = file(task(List.of("no", "yes"), member(FIRST, zero(), 1))).toJson().strip();
    for (int length = 0; length < json.length(); length++) {
      refused(json.substring(0, length), "the-file");
    }
  }

  @Test
  void noTaskAndATaskThatIsThereTwiceAreRefused() {
    TaskSuperNeurons task = task(List.of("no", "yes"), member(FIRST, zero(), 1));
    assertThrows(IllegalArgumentException.class, () -> file());
    assertThrows(IllegalArgumentException.class, () -> file(task, task));
  }

  @Test
  void neuronsThatAModelLacksAreFound() {
    SuperNeurons file = file(task(List.of("no", "yes"), member(THIRD, zero(), 1)));
    file.requireIn(layout(2, Site.MLP_POST, 10));
    for (ActivationLayout lacking :
        List.of(
            layout(1, Site.MLP_POST, 10),
            layout(2, Site.MLP_POST, 9),
            layout(2, Site.ATTN_Z, 10))) {
      assertThrows(FormatException.class, () -> file.requireIn(lacking));
    }
  }

  @Test
  void neuronsOfDeeperLevelsThatAModelLacksAreFound() {
    SuperNeurons file = file(cascade(1, 2, 5));
    file.requireIn(layout(8, Site.MLP_POST, 10));
    FormatException best =
        assertThrows(FormatException.class, () -> file.requireIn(layout(7, Site.MLP_POST, 10)));
    assertTrue(best.getMessage().contains("after layer 7"), best.getMessage());
    FormatException deeper =
        assertThrows(FormatException.class, () -> file.requireIn(layout(5, Site.MLP_POST, 10)));
    assertTrue(deeper.getMessage().contains("after layer 5"), deeper.getMessage());
  }

  private static ActivationLayout layout(int layers, Site site, int width) {
    return ActivationLayout.ofAllLayers(layers, Map.of(site, width));
  }

  private static void refused(String json, String named) {
    Exception e =
        assertThrows(FormatException.class, () -> SuperNeurons.fromJson(json, "the-file"));
    assertTrue(e.getMessage().contains("the-file"), e.getMessage());
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  private static FittedRule zero() {
    return FittedRule.cut(Rule.ZERO, 1, 0);
  }

  private static SuperNeuron member(Neuron neuron, FittedRule fitted, double weight) {
    return new SuperNeuron(neuron, fitted, weight, 0.9, 0.8);
  }

  private static TaskSuperNeurons task(List<String> labels, SuperNeuron... members) {
    return new TaskSuperNeurons(
        "dogs " + members[0].neuron().index(),
        Optional.of("Is there a dog?"),
        labels,
        new Level(
            ModelLayer.ofDecoder(1), members[0].fitted().rule(), Voting.WEIGHTED, List.of(members)),
        Cascade.NONE,
        Optional.empty(),
        Metric.ACCURACY,
        CHOSEN,
        Map.of("test", Map.of("accuracy", 0.5)),
        Map.of("savs", Map.of("test", Map.of("accuracy", 0.25))),
        Optional.empty());
  }

  /** A level after each of the layers, with a neuron there, and one after layer 7 as the best. */
  private static TaskSuperNeurons cascade(int... layers) {
    return cascade(Arrays.stream(layers).mapToObj(SuperNeuronsTest::level).toList());
  }

  private static TaskSuperNeurons cascade(List<Level> levels) {
    return new TaskSuperNeurons(
        "dogs",
        Optional.empty(),
        List.of("no", "yes"),
        levels.get(0),
        new Cascade(levels.subList(1, levels.size()), Optional.empty()),
        Optional.of(level(7)),
        Metric.ACCURACY,
        Chosen.on(ChosenOn.VALIDATION),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private static Level level(int layer) {
    SuperNeuron neuron = member(new Neuron(layer, Site.MLP_POST, 9), zero(), 1);
    return new Level(ModelLayer.ofDecoder(layer), Rule.ZERO, Voting.MAJORITY, List.of(neuron));
  }

  private static SuperNeurons file(TaskSuperNeurons... tasks) {
    return new SuperNeurons(
        new ModelIdentity("tiny", "llava", "abc"),
        Map.of("template", "USER"),
        Map.of(),
        StoreDType.FLOAT16,
        "float32",
        Map.of("superneurons", "0.1.0"),
        List.of(tasks));
  }
}
