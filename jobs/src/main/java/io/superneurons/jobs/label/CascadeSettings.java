package io.superneurons.jobs.label;

import io.superneurons.activation.ModelLayers;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.cascade.CascadePlan;
import io.superneurons.neuron.cascade.CascadeSearch;
import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of rows whose votes are too close.
 *
 * @param thresholds thresholds of the margin by task, in the order of {@link
 *     TaskCascade#thresholds()}; a task without any decides all of its rows by its own level
 * @param last what decides rows that the deepest level is unsure of
 * @param maxNewTokens longest answer of the model, in tokens
 */
record CascadeSettings(Map<String, List<Double>> thresholds, LastResort last, int maxNewTokens)
    implements Serializable {
  /** Every task decides all of its rows by its own level. */
  static final CascadeSettings NONE = new CascadeSettings(Map.of(), LastResort.DEEPEST, 0);

  CascadeSettings {
    thresholds = new LinkedHashMap<>(thresholds);
    Objects.requireNonNull(last, "last");
  }

  /**
   * The cascades of the tasks that are labelled.
   *
   * @param layers of the whole model
   * @throws ConfigurationException if an option makes no sense, the target cannot be reached, or it
   *     is not known what thresholds lead to
   */
  static CascadeSettings of(CascadeOptions options, SuperNeurons superNeurons, ModelLayers layers) {
    options.require();
    if (!options.isAsked()) {
      return NONE;
    }
    LastResort last = options.lastResort();
    Map<String, List<Double>> thresholds =
        options
            .margin()
            .map(margin -> everywhere(margin, superNeurons, last))
            .orElseGet(
                () -> reaching(options.targetAccuracy().orElseThrow(), superNeurons, last, layers));
    return new CascadeSettings(thresholds, last, options.maxNewTokens());
  }

  /** One threshold for all levels of all tasks. */
  private static Map<String, List<Double>> everywhere(
      double margin, SuperNeurons superNeurons, LastResort last) {
    Map<String, List<Double>> thresholds = new LinkedHashMap<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      int count = task.levels().size() - (last == LastResort.MODEL ? 0 : 1);
      thresholds.put(task.task(), Collections.nCopies(count, margin));
    }
    return thresholds;
  }

  /** The thresholds that reach a target on each task's held-out rows with the fewest layers. */
  private static Map<String, List<Double>> reaching(
      double target, SuperNeurons superNeurons, LastResort last, ModelLayers layers) {
    Map<String, List<Double>> thresholds = new LinkedHashMap<>();
    List<String> unattainable = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      CascadeSearch search =
          new CascadeSearch(
              heldOut(task, last), last, CascadePlan.layersTaken(task.levels(), last, layers));
      search
          .cheapest(target)
          .ifPresentOrElse(
              plan -> thresholds.put(task.task(), plan.margins()),
              () ->
                  unattainable.add(
                      String.format(
                          Locale.ROOT, "%s: %.3f", task.task(), search.mostAccurate().accuracy())));
    }
    if (!unattainable.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--target-accuracy %s is more than a cascade with --last-resort %s reaches on the"
                  + " held-out rows; the most that it does: %s",
              target,
              last.label(),
              String.join(", ", unattainable)));
    }
    return thresholds;
  }

  private static HeldOut heldOut(TaskSuperNeurons task, LastResort last) {
    HeldOut heldOut =
        task.cascade()
            .heldOut()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        String.format(
                                Locale.ROOT,
                                "--target-accuracy needs held-out rows, and task %s has none in"
                                    + " this file;",
                                task.task())
                            + " run select again, or give --margin"));
    if (last == LastResort.MODEL && !heldOut.hasAnswers()) {
      throw new ConfigurationException(
          String.format(
                  Locale.ROOT,
                  "It is not known how often the model's own answers are right for task %s; add",
                  task.task())
              + " --last-resort deepest, or extract with --answer and select again");
    }
    return heldOut;
  }

  /** What becomes of the task's rows. */
  TaskCascade cascade(TaskSuperNeurons task) {
    List<Double> ofTask = thresholds.get(task.task());
    return ofTask == null ? TaskCascade.none(task) : TaskCascade.of(task, ofTask, last);
  }

  /** Whether the model may be asked, as far as the settings tell. */
  boolean mayAsk() {
    return last == LastResort.MODEL && !thresholds.isEmpty();
  }

  /**
   * What earlier versions recorded of a run in place of {@link CascadeOptions#toMap()}: the
   * thresholds of the tasks that its rows happened to have.
   */
  Map<String, Object> toFormerMap() {
    return thresholds.isEmpty()
        ? Map.of()
        : Map.of(
            "thresholds", thresholds, "last_resort", last.label(), "max_new_tokens", maxNewTokens);
  }

  /**
   * What becomes of a task's rows, for people to read.
   *
   * @param layers of the whole model
   */
  String describe(TaskSuperNeurons task, ModelLayers layers) {
    TaskCascade cascade = cascade(task);
    List<Level> levels = cascade.levels();
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < cascade.thresholds().size(); i++) {
      String next =
          i + 1 < levels.size() ? levels.get(i + 1).exitLayer().toString() : "the model's answer";
      steps.add(
          String.format(Locale.ROOT, "below margin %s to %s", cascade.thresholds().get(i), next));
    }
    return String.join(", ", steps) + expected(task, layers);
  }

  private String expected(TaskSuperNeurons task, ModelLayers layers) {
    Optional<HeldOut> heldOut = task.cascade().heldOut();
    if (heldOut.isEmpty() || (last == LastResort.MODEL && !heldOut.get().hasAnswers())) {
      return "";
    }
    CascadePlan plan =
        CascadePlan.of(
            heldOut.get(),
            last,
            CascadePlan.layersTaken(task.levels(), last, layers),
            thresholds.get(task.task()));
    String shares =
        String.join(
            " / ",
            Arrays.stream(plan.shares())
                .mapToObj(s -> String.format(Locale.ROOT, "%.1f%%", 100 * s))
                .toList());
    return String.format(
        Locale.ROOT,
        "; on %,d held-out rows: %.3f right, decided %s, %.1f layers per row",
        plan.rows(),
        plan.accuracy(),
        shares,
        plan.meanLayers());
  }
}
