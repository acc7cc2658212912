package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.model.pass.Descent;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.Stop;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where rows stop, and that what decided them there is kept until they are written. */
class LabelPlanTest {
  private final Neuron shallow = new Neuron(0, Site.MLP_POST, 1);
  private final Neuron deep = new Neuron(4, Site.MLP_POST, 1);

  @Test
  void theDecisionOfARowsStopIsKeptOnceForThatRow() {
    LabelPlan plan = plan(CascadeSettings.NONE);
    List<ManifestRow> rows = List.of(row(), row()); // equal, and still two rows
    Descent descent = plan.plan(rows).descent();
    assertEquals(
        Stop.at(ModelLayer.ofDecoder(0)), descent.next(0, Optional.empty(), new TreeMap<>()));
    assertTrue(plan.take(rows.get(0)).isEmpty(), "nothing decided it yet");
    assertEquals(Stop.LEAVE, descent.next(0, at(0), captured(shallow, 3)));
    assertEquals(Stop.LEAVE, descent.next(1, at(0), captured(shallow, -3)));
    LabelPlan.Decided first = plan.take(rows.get(0)).orElseThrow();
    LabelPlan.Decided second = plan.take(rows.get(1)).orElseThrow();
    assertEquals("yes", first.decision().prediction().label().orElseThrow());
    assertEquals("no", second.decision().prediction().label().orElseThrow());
    assertEquals(-3, second.activations().value(shallow));
    assertTrue(plan.take(rows.get(0)).isEmpty(), "a row is written once");
  }

  @Test
  void aPassThatIsTriedAgainDecidesAgain() {
    LabelPlan plan = plan(CascadeSettings.NONE);
    List<ManifestRow> rows = List.of(row());
    for (float value : new float[] {3, -3}) {
      plan.plan(rows).descent().next(0, at(0), captured(shallow, value));
    }
    assertEquals(
        "no", plan.take(rows.get(0)).orElseThrow().decision().prediction().label().orElseThrow());
  }

  @Test
  void theLevelThatDecidesIsTheOneThatIsKept() {
    // No margin is as large as 2: every row goes on to the deepest level.
    LabelPlan plan = plan(new CascadeSettings(Map.of("dogs", List.of(2.0)), LastResort.DEEPEST, 8));
    List<ManifestRow> rows = List.of(row());
    PassPlan pass = plan.plan(rows);
    SortedMap<LayerSite, float[]> captured = captured(shallow, 3);
    assertEquals(Stop.at(ModelLayer.ofDecoder(4)), pass.descent().next(0, at(0), captured));
    assertTrue(plan.take(rows.get(0)).isEmpty());
    captured.putAll(captured(deep, -1));
    assertEquals(Stop.LEAVE, pass.descent().next(0, at(4), captured));
    LabelPlan.Decided decided = plan.take(rows.get(0)).orElseThrow();
    assertEquals(ModelLayer.ofDecoder(4), decided.level().exitLayer());
    assertEquals("no", decided.decision().prediction().label().orElseThrow());
    assertEquals(3, decided.activations().value(shallow));
  }

  private static ManifestRow row() {
    return new ManifestRow("1", "dogs", null, "a", "q", null, null, null, null, null, null);
  }

  private static SortedMap<LayerSite, float[]> captured(Neuron neuron, float value) {
    SortedMap<LayerSite, float[]> captured = new TreeMap<>();
    captured.put(neuron.layerSite(), new float[] {value});
    return captured;
  }

  private LabelPlan plan(CascadeSettings settings) {
    return new LabelPlan(
        new SuperNeurons(
            new ModelIdentity("tiny", "llava", "abc"),
            Map.of(),
            Map.of(),
            StoreDType.FLOAT16,
            "float32",
            Map.of(),
            List.of(
                TaskFixture.task(
                    "dogs",
                    List.of("no", "yes"),
                    level(shallow),
                    new Cascade(List.of(level(deep)), Optional.empty())))),
        settings);
  }

  private static Optional<ModelLayer> at(int layer) {
    return Optional.of(ModelLayer.ofDecoder(layer));
  }

  private static Level level(Neuron neuron) {
    SuperNeuron member = new SuperNeuron(neuron, FittedRule.cut(Rule.ZERO, 1, 0), 1, 1, 1);
    return new Level(
        ModelLayer.ofDecoder(neuron.layer()), Rule.ZERO, Voting.MAJORITY, List.of(member));
  }
}
