package io.superneurons.neuron.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.NeuronProfile;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Voting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against NumPy and exact fractions, see {@code drift_fixtures.py}. */
class TaskDriftTest {
  private static final Neuron NEURON = new Neuron(1, Site.MLP_POST, 3);

  @Test
  void profilesAndTheirDriftAreNumPys() {
    for (JsonNode example : Fixture.read("drift.json").get("cases")) {
      String which = example.get("fitted").toString() + " of " + example.get("seen").get(0);
      NeuronProfile before = profile(example, Fixture.doubles(example.get("probing")));
      NeuronProfile after = profile(example, Fixture.doubles(example.get("seen")));
      same(example.get("before"), before, which);
      same(example.get("after"), after, which);
      NeuronDrift drift = NeuronDrift.of(NEURON, before, after);
      JsonNode expected = example.get("drift");
      near(expected.get("shift"), drift.shift(), which);
      near(expected.get("deviation_ratio"), drift.deviationRatio(), which);
      near(expected.get("firing_change"), drift.firingChange(), which);
      near(expected.get("size"), drift.size(), which);
    }
  }

  @Test
  void neitherOrderNorPartsOfTheRowsMatter() {
    Random random = new Random(7);
    for (JsonNode example : Fixture.read("drift.json").get("cases")) {
      double[] values = Fixture.doubles(example.get("seen"));
      NeuronProfile whole = profile(example, values);
      for (int trial = 0; trial < 20; trial++) {
        List<Double> shuffled = new ArrayList<>(DoubleStream.of(values).boxed().toList());
        Collections.shuffle(shuffled, random);
        List<NeuronSums> parts = new ArrayList<>();
        for (int part = 0; part <= trial; part++) {
          parts.add(new NeuronSums(example.get("labels").asInt()));
        }
        FittedRule fitted = fitted(example.get("fitted"));
        for (double value : shuffled) {
          parts.get(random.nextInt(parts.size())).add(value, fitted.vote(value));
        }
        NeuronSums sums = new NeuronSums(example.get("labels").asInt());
        parts.forEach(sums::add);
        assertEquals(whole, sums.profile(), "to the last bit");
      }
    }
  }

  @Test
  void aTaskDriftsByTheMeanOfItsNeurons() {
    TaskProfile probing =
        new TaskProfile(
            Map.of("no", 10L, "yes", 30L), List.of(neuron(0, 2, 0.5), neuron(-1, 1, 0.5)));
    TaskProfile seen =
        new TaskProfile(
            Map.of("no", 15L, "yes", 15L), List.of(neuron(1, 2, 0.6), neuron(-1, 4, 0.5)));
    TaskSuperNeurons task = task(2);
    assertEquals(Optional.empty(), TaskDrift.of(task, seen), "files of earlier versions");
    TaskDrift drift = TaskDrift.of(task.withProbing(probing), seen).orElseThrow();
    assertEquals(List.of(0.5, 2.0), drift.neurons().stream().map(NeuronDrift::size).toList());
    assertEquals(1.25, drift.mean());
    assertEquals(task.neurons().get(1).neuron(), drift.worst().neuron());
    assertEquals(0.25, drift.labelChange(), 1e-15);
    assertTrue(drift.isTelling());
    TaskProfile few = new TaskProfile(Map.of("no", 15L, "yes", 14L), seen.neurons());
    assertFalse(TaskDrift.of(task.withProbing(probing), few).orElseThrow().isTelling());
    TaskProfile other = new TaskProfile(Map.of("no", 10L, "yes", 20L, "?", 10L), seen.neurons());
    assertEquals(
        0.25, TaskDrift.of(task.withProbing(probing), other).orElseThrow().labelChange(), 1e-15);
  }

  @Test
  void meansThatAreTenStandardErrorsOffAreExtremeHoweverFewRowsThereAre() {
    TaskProfile probing =
        new TaskProfile(
            Map.of("no", 10L, "yes", 30L), List.of(neuron(0, 2, 0.5), neuron(-1, 1, 0.5)));
    TaskSuperNeurons task = task(2).withProbing(probing);
    // shifts of 10 and 0 deviations: 5 on the mean, where four rows need more than 10 / 2
    assertFalse(extreme(task, 4, neuron(20, 2, 0.5), neuron(-1, 1, 0.5)));
    assertTrue(extreme(task, 4, neuron(20.1, 2, 0.5), neuron(-1, 1, 0.5)));
    assertTrue(extreme(task, 4, neuron(-20.1, 2, 0.5), neuron(-1, 1, 0.5)));
    assertTrue(extreme(task, 5, neuron(20, 2, 0.5), neuron(-1, 1, 0.5)));
    assertFalse(extreme(task, 1, neuron(0, 0, 1), neuron(-1, 0, 1)), "one row has no deviation");
  }

  private static boolean extreme(TaskSuperNeurons task, long rows, NeuronProfile... neurons) {
    TaskProfile seen = new TaskProfile(Map.of("no", 0L, "yes", rows), List.of(neurons));
    return TaskDrift.of(task, seen).orElseThrow().isExtreme();
  }

  @Test
  void sumsOfATaskCountLabelsAndNeuronsAlsoByWayOfJson() throws IOException {
    TaskSuperNeurons task = task(1);
    TaskSums sums = TaskSums.none(task);
    TaskSums others = TaskSums.none(task);
    sums.add("yes", task.neurons(), neuron -> 0);
    others.add("yes", task.neurons(), neuron -> 0.1f);
    others.add("no", task.neurons(), neuron -> -1e-30f);
    others.add("unknown", task.neurons(), neuron -> 1e30f);
    ObjectMapper json = new ObjectMapper();
    TaskSums whole = sums.copy();
    whole.add(json.readValue(json.writeValueAsString(others), TaskSums.class));
    sums.add(others);
    assertEquals(sums.profile(), whole.profile(), "to the last bit");
    TaskProfile profile = sums.profile();
    assertEquals(Map.of("no", 1L, "yes", 2L, "unknown", 1L), profile.labels());
    assertEquals(List.of("no", "yes", "unknown"), List.copyOf(profile.labels().keySet()));
    assertEquals(4, profile.rows());
    assertEquals(0.5, profile.share("yes"));
    NeuronProfile neuron = profile.neurons().get(0);
    assertEquals((double) 1e30f / 4, neuron.mean());
    assertEquals(List.of(0.5, 0.5), neuron.firingRates(), "0 is not above 0");
  }

  /** Neurons that fire above 0. */
  private static TaskSuperNeurons task(int neurons) {
    List<SuperNeuron> members =
        IntStream.range(0, neurons)
            .mapToObj(i -> new Neuron(0, Site.ATTN_Z, i))
            .map(n -> new SuperNeuron(n, FittedRule.cut(Rule.ZERO, 1, 0), 1, 0.9, 0.9))
            .toList();
    return TaskFixture.task(
        "dog",
        List.of("no", "yes"),
        new Level(ModelLayer.ofDecoder(0), Rule.ZERO, Voting.MAJORITY, members));
  }

  @Test
  void whatCannotBeIsRefused() {
    NeuronProfile constant = neuron(1, 0, 1);
    assertThrows(
        IllegalArgumentException.class, () -> NeuronDrift.of(NEURON, constant, neuron(1, 1, 1)));
    assertThrows(IllegalArgumentException.class, () -> neuron(Double.NaN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> neuron(0, -1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new NeuronProfile(0, 1, List.of(0.75, 0.75)));
    assertThrows(IllegalArgumentException.class, () -> new NeuronSums(2).add(Double.NaN, 0));
  }

  /** One that votes for the second of two labels at that rate. */
  private static NeuronProfile neuron(double mean, double deviation, double rate) {
    return new NeuronProfile(mean, deviation, List.of(1 - rate, rate));
  }

  private static NeuronProfile profile(JsonNode example, double[] values) {
    NeuronSums sums = new NeuronSums(example.get("labels").asInt());
    FittedRule fitted = fitted(example.get("fitted"));
    for (double value : values) {
      sums.add(value, fitted.vote(value));
    }
    return sums.profile();
  }

  private static FittedRule fitted(JsonNode rule) {
    return switch (Rule.of(rule.get("rule").asText())) {
      case ZERO, MIDPOINT, BEST_CUT ->
          FittedRule.cut(
              Rule.MIDPOINT, rule.get("polarity").asInt(), rule.get("threshold").asDouble());
      case ONE_VS_REST ->
          FittedRule.detector(
              rule.get("label").asInt(),
              rule.get("polarity").asInt(),
              rule.get("threshold").asDouble());
      case NEAREST_MEAN -> FittedRule.nearestMean(Fixture.doubles(rule.get("means")));
    };
  }

  private static void same(JsonNode expected, NeuronProfile found, String which) {
    near(expected.get("mean"), found.mean(), which);
    near(expected.get("deviation"), found.deviation(), which);
    for (int label = 0; label < found.firingRates().size(); label++) {
      near(expected.get("firing_rates").get(label), found.firingRates().get(label), which);
    }
  }

  private static void near(JsonNode expected, double found, String which) {
    double value = expected.asDouble();
    assertEquals(value, found, 1e-14 * Math.max(1, Math.abs(value)), which);
  }
}
