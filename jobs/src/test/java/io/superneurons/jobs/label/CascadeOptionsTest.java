package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CascadeOptionsTest {
  private static final ModelLayers LAYERS = new ModelLayers(4, 12);

  /** Ten rows: level by level more are right, and surer ones more often. */
  private static final int[] ROWS = {4, 2, 2, 1, 1};

  private static final int[][] MARGINS = {{1000, 600, 200, 200, 0}, {1000, 1000, 400, 300, 100}};
  private static final boolean[][] RIGHT = {
    {true, true, false, true, false}, {true, true, true, false, false}
  };
  private static final boolean[] ANSWERS = {true, true, true, true, false};

  @Test
  void withoutOptionsEachTaskDecidesAlone() {
    CascadeSettings settings = settings(file(Optional.of(heldOut(ANSWERS))));
    assertEquals(CascadeSettings.NONE, settings);
    assertTrue(settings.toFormerMap().isEmpty());
    assertTrue(parsed().toMap().isEmpty());
    TaskCascade task = settings.cascade(task(Optional.empty()));
    assertEquals(ModelLayer.ofDecoder(0), task.deepestLayer());
    assertEquals(List.of(), task.thresholds());
  }

  @Test
  void aMarginIsForEveryLevel() {
    SuperNeurons file = file(Optional.empty());
    TaskCascade model = settings(file, "--margin", "0.3").cascade(file.tasks().get(0));
    assertEquals(List.of(0.3, 0.3), model.thresholds());
    assertTrue(model.mayAsk());
    TaskCascade deepest =
        settings(file, "--margin", "0.3", "--last-resort", "deepest").cascade(file.tasks().get(0));
    assertEquals(List.of(0.3), deepest.thresholds());
    assertEquals(ModelLayer.ofDecoder(4), deepest.deepestLayer());
    TaskCascade none = settings(file, "--margin", "0").cascade(file.tasks().get(0));
    assertEquals(ModelLayer.ofDecoder(0), none.deepestLayer());
    assertEquals(LastResort.DEEPEST, none.last());
  }

  @Test
  void whatIsRecordedIsWhatWasAskedWhateverTheTasks() {
    Map<String, Object> recorded = parsed("--target-accuracy", "0.8").toMap();
    assertEquals(0.8, recorded.get("target_accuracy"));
    assertEquals("model", recorded.get("last_resort"));
    assertEquals(null, recorded.get("margin"));
  }

  @Test
  void theTargetIsReachedAtTheFewestLayers() {
    SuperNeurons file = file(Optional.of(heldOut(ANSWERS)));
    // 7 of 10 are right at the first level; those below 0.201 are 8 right with the second one.
    assertEquals(List.of(0.0, 0.0), thresholds(file, "0.7"));
    assertEquals(List.of(0.201, 0.0), thresholds(file, "0.8"));
    assertEquals(List.of(0.201, 0.301), thresholds(file, "0.9"));
    CascadeSettings shallow = settings(file, "--target-accuracy", "0.8");
    assertEquals(
        ModelLayer.ofDecoder(4),
        shallow.cascade(file.tasks().get(0)).deepestLayer(),
        "no row asks the model");
    String text = shallow.describe(file.tasks().get(0), LAYERS);
    assertTrue(text.contains("below margin 0.201 to layer 4"), text);
    assertTrue(
        text.contains("0.800 right, decided 60.0% / 40.0% / 0.0%, 2.6 layers per row"), text);
  }

  @Test
  void whatCannotBeReachedIsRefusedWithWhatCan() {
    SuperNeurons file = file(Optional.of(heldOut(ANSWERS)));
    refused(file, "dogs: 0.900", "--target-accuracy", "0.95");
    refused(file, "dogs: 0.800", "--target-accuracy", "0.9", "--last-resort", "deepest");
    refused(file(Optional.empty()), "run select again", "--target-accuracy", "0.5");
    SuperNeurons silent = file(Optional.of(heldOut(new boolean[0])));
    refused(silent, "--last-resort deepest", "--target-accuracy", "0.5");
    assertEquals(
        List.of(0.201),
        settings(silent, "--target-accuracy", "0.8", "--last-resort", "deepest")
            .thresholds()
            .get("dogs"));
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    SuperNeurons file = file(Optional.of(heldOut(ANSWERS)));
    refused(file, "not both", "--margin", "0.1", "--target-accuracy", "0.9");
    refused(file, "from 0 to 1", "--margin", "1.5");
    refused(file, "from 0 to 1", "--margin", "NaN");
    refused(file, "above 0", "--target-accuracy", "0");
    refused(file, "--last-resort needs", "--last-resort", "deepest");
    refused(file, "from 0 to below 1", "--abstain", "1");
    refused(file, "at least 1", "--margin", "0.1", "--max-new-tokens", "0");
  }

  private static List<Double> thresholds(SuperNeurons file, String target) {
    return settings(file, "--target-accuracy", target).thresholds().get("dogs");
  }

  private static CascadeSettings settings(SuperNeurons file, String... options) {
    return CascadeSettings.of(parsed(options), file, LAYERS);
  }

  private static CascadeOptions parsed(String... options) {
    CascadeOptions parsed = new CascadeOptions();
    new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return parsed;
  }

  private static void refused(SuperNeurons file, String named, String... options) {
    Exception e = assertThrows(ConfigurationException.class, () -> settings(file, options));
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  private static HeldOut heldOut(boolean[] answers) {
    return new HeldOut(ROWS, MARGINS, RIGHT, answers);
  }

  private static SuperNeurons file(Optional<HeldOut> heldOut) {
    return new SuperNeurons(
        new ModelIdentity("tiny", "llava", "abc"),
        Map.of(),
        Map.of(),
        StoreDType.FLOAT16,
        "float32",
        Map.of(),
        List.of(task(heldOut)));
  }

  private static TaskSuperNeurons task(Optional<HeldOut> heldOut) {
    return TaskFixture.task(
        "dogs", List.of("no", "yes"), level(0), new Cascade(List.of(level(4)), heldOut));
  }

  private static Level level(int layer) {
    SuperNeuron neuron =
        new SuperNeuron(
            new Neuron(layer, Site.MLP_POST, 1), FittedRule.cut(Rule.ZERO, 1, 0), 1, 1, 1);
    return new Level(ModelLayer.ofDecoder(layer), Rule.ZERO, Voting.MAJORITY, List.of(neuron));
  }
}
