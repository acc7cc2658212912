package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.TaskWords;
import io.superneurons.jobs.select.scan.PlacedTask;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.ChoiceSpace;
import io.superneurons.neuron.choose.Tolerance;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A task that Super Neurons are to be selected for.
 *
 * @param placed how its neurons are scored, and where its rows are
 * @param space what may be chosen
 * @param words what was asked and answered in its rows
 * @param shuffled what the same selection comes to on shuffled labels; empty where that was not
 *     asked for, or is not known yet
 */
public record OpenTask(
    PlacedTask placed, ChoiceSpace space, TaskWords words, List<Permutations.Run> shuffled) {
  public OpenTask {
    Objects.requireNonNull(placed, "placed");
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(words, "words");
    shuffled = List.copyOf(shuffled);
  }

  /**
   * All tasks of the table, in its order.
   *
   * @param columns those whose neurons may be selected
   * @throws ConfigurationException if the settings do not fit a task, naming it
   */
  public static List<OpenTask> all(
      SelectSettings settings, RowTable table, List<LayerSite> columns) {
    List<ModelLayer> exitLayers = columns.stream().map(LayerSite::modelLayer).distinct().toList();
    return table.tasks().stream().map(task -> of(settings, task, exitLayers)).toList();
  }

  private static OpenTask of(
      SelectSettings settings, LabelledTask task, List<ModelLayer> exitLayers) {
    List<Rule> rules = rules(settings, task.rows());
    TaskPlan plan = plan(settings, task.rows(), rules);
    ChoiceSpace space =
        new ChoiceSpace(
            rules,
            settings.votings(),
            exitLayers,
            settings.picks().choosable(),
            settings
                .tolerance()
                .orElseGet(
                    () ->
                        Tolerance.ofOneError(
                            plan.rows().ofDistinctImages(plan.choosingRows()).length)));
    PlacedTask placed = new PlacedTask(plan, task.start(), valued(space), true);
    return new OpenTask(placed, space, task.words(), List.of());
  }

  /** The same task with another tolerance. */
  public OpenTask with(Tolerance tolerance) {
    return new OpenTask(placed, space.with(tolerance), words, shuffled);
  }

  /** How its neurons are scored. */
  public TaskPlan plan() {
    return placed.plan();
  }

  /** The same rows with other labels. */
  OpenTask with(TaskPlan other) {
    return new OpenTask(placed.shuffled(other), space, words, List.of());
  }

  /** Fewer of its rows, for a choice among one way to vote. */
  OpenTask with(TaskPlan fewer, Voting voting) {
    ChoiceSpace one =
        new ChoiceSpace(
            space.rules(),
            List.of(voting),
            space.exitLayers(),
            space.pickings(),
            space.tolerance());
    PlacedTask there = new PlacedTask(fewer, placed.start(), valued(one), false);
    return new OpenTask(there, one, words, List.of());
  }

  private static List<Rule> valued(ChoiceSpace space) {
    return space.rules().stream().filter(space::needsValues).toList();
  }

  /** The same task, and what its shufflings came to. */
  OpenTask with(List<Permutations.Run> runs) {
    return new OpenTask(placed, space, words, runs);
  }

  private static List<Rule> rules(SelectSettings settings, TaskRows rows) {
    int labels = rows.labels().size();
    settings
        .rule()
        .filter(rule -> !rule.fits(labels))
        .ifPresent(
            rule -> {
              throw new ConfigurationException(
                  String.format(
                      Locale.ROOT,
                      "--rule %s does not fit task '%s', which has %d labels; --rule auto picks"
                          + " one that does",
                      rule.label().replace('_', '-'),
                      rows.task(),
                      labels));
            });
    return settings.rule().map(List::of).orElse(Rule.tried(labels));
  }

  private static TaskPlan plan(SelectSettings settings, TaskRows rows, List<Rule> rules) {
    try {
      return TaskPlan.of(rows, rules, settings.metric(), settings.scheme());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Task '%s': %s; add rows of split 'validation', or probing rows",
              rows.task(),
              e.getMessage()),
          e);
    }
  }
}
