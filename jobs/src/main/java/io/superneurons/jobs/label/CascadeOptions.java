package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.cascade.CascadePlan;
import io.superneurons.neuron.cascade.CascadeSearch;
import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of label's cascade. */
final class CascadeOptions {
  @Option(
      names = "--margin",
      paramLabel = "X",
      description =
          "Rows whose votes have a smaller margin, from 0 to 1, go on to deeper Super Neurons, and"
              + " at last to the model's own answer. Without it all rows exit where their task"
              + " does.")
  private Double margin;

  @Option(
      names = "--target-accuracy",
      paramLabel = "Y",
      description =
          "Choose the margins, task by task and level by level, so that on the held-out rows in"
              + " superneurons.json at least this share is right, at the fewest layers a row.")
  private Double targetAccuracy;

  @Option(
      names = "--last-resort",
      paramLabel = "model|deepest",
      description =
          "With --margin or --target-accuracy: what decides rows that the deepest Super Neurons are"
              + " unsure of. Default: model.")
  private LastResort lastResort;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Longest answer of the model as the last resort, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens;

  /**
   * Checks the options by themselves.
   *
   * @throws ConfigurationException naming the one that makes no sense
   */
  private void require() {
    if (margin != null && targetAccuracy != null) {
      throw new ConfigurationException("Give --margin or --target-accuracy, not both");
    }
    if (margin != null && !(margin >= 0 && margin <= 1)) {
      throw new ConfigurationException("--margin must be from 0 to 1, not " + margin);
    }
    if (targetAccuracy != null && !(targetAccuracy > 0 && targetAccuracy <= 1)) {
      throw new ConfigurationException(
          "--target-accuracy must be above 0 and at most 1, not " + targetAccuracy);
    }
    if (margin == null && targetAccuracy == null && lastResort != null) {
      throw new ConfigurationException("--last-resort needs --margin or --target-accuracy");
    }
    if (maxNewTokens < 1) {
      throw new ConfigurationException("--max-new-tokens must be at least 1: " + maxNewTokens);
    }
  }

  /**
   * The cascade of the tasks that are labelled.
   *
   * @param layers of the whole model
   * @throws ConfigurationException if the target cannot be reached, or nothing is known of what
   *     thresholds give
   */
  CascadeSettings settings(SuperNeurons superNeurons, int layers) {
    require();
    if (margin == null && targetAccuracy == null) {
      return CascadeSettings.NONE;
    }
    LastResort last = lastResort == null ? LastResort.MODEL : lastResort;
    Map<String, List<Double>> thresholds = new LinkedHashMap<>();
    List<String> unattainable = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      if (margin != null) {
        int count = task.levels().size() - (last == LastResort.MODEL ? 0 : 1);
        thresholds.put(task.task(), Collections.nCopies(count, margin));
      } else {
        CascadeSearch search =
            new CascadeSearch(
                heldOut(task, last), last, CascadePlan.layersTaken(task.levels(), last, layers));
        Optional<CascadePlan> plan = search.cheapest(targetAccuracy);
        plan.ifPresent(p -> thresholds.put(task.task(), p.margins()));
        if (plan.isEmpty()) {
          unattainable.add("%s: %.3f".formatted(task.task(), search.mostAccurate().accuracy()));
        }
      }
    }
    if (!unattainable.isEmpty()) {
      throw new ConfigurationException(
          ("--target-accuracy %s is more than a cascade with --last-resort %s reaches on the"
                  + " held-out rows; the most that it does: %s")
              .formatted(targetAccuracy, last.label(), String.join(", ", unattainable)));
    }
    return new CascadeSettings(thresholds, last, maxNewTokens);
  }

  private static HeldOut heldOut(TaskSuperNeurons task, LastResort last) {
    HeldOut heldOut =
        task.cascade()
            .heldOut()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "--target-accuracy needs held-out rows, and task %s has none in this file;"
                                .formatted(task.task())
                            + " run select again, or give --margin"));
    if (last == LastResort.MODEL && !heldOut.hasAnswers()) {
      throw new ConfigurationException(
          "What the model's own answers are worth for task %s is not known; add --last-resort"
                  .formatted(task.task())
              + " deepest, or extract with --answer and select again");
    }
    return heldOut;
  }

  /**
   * How a task's rows go down, for people to read.
   *
   * @param layers of the whole model
   */
  static String describe(TaskSuperNeurons task, CascadeSettings settings, int layers) {
    List<Double> thresholds = settings.of(task).thresholds();
    List<Level> levels = settings.of(task).levels();
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < thresholds.size(); i++) {
      String next =
          i + 1 < levels.size() ? "layer " + levels.get(i + 1).exitLayer() : "the model's answer";
      steps.add("below margin %s to %s".formatted(thresholds.get(i), next));
    }
    return String.join(", ", steps) + expected(task, settings, layers);
  }

  private static String expected(TaskSuperNeurons task, CascadeSettings settings, int layers) {
    Optional<HeldOut> heldOut = task.cascade().heldOut();
    LastResort last = settings.last();
    if (heldOut.isEmpty() || (last == LastResort.MODEL && !heldOut.get().hasAnswers())) {
      return "";
    }
    CascadePlan plan =
        CascadePlan.of(
            heldOut.get(),
            last,
            CascadePlan.layersTaken(task.levels(), last, layers),
            settings.thresholds().get(task.task()));
    String shares =
        String.join(
            " / ",
            Arrays.stream(plan.shares()).mapToObj(s -> "%.1f%%".formatted(100 * s)).toList());
    return "; on %,d held-out rows: %.3f right, decided %s, %.1f layers a row"
        .formatted(plan.rows(), plan.accuracy(), shares, plan.meanLayers());
  }
}
