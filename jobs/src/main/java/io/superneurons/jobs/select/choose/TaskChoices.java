package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.ChoiceSpace;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How tasks are scored and what may be chosen for each.
 *
 * @param plans one a task
 * @param spaces one a task
 * @param most the most neurons that are looked at together
 */
public record TaskChoices(List<TaskPlan> plans, List<ChoiceSpace> spaces, int most) {
  public static TaskChoices of(SelectSettings settings, RowTable table, List<LayerSite> columns) {
    List<Integer> exitLayers = columns.stream().map(LayerSite::layer).distinct().toList();
    List<TaskPlan> plans = new ArrayList<>();
    List<ChoiceSpace> spaces = new ArrayList<>();
    for (TaskRows rows : table.tasks()) {
      List<Rule> rules = rules(settings, rows);
      plans.add(plan(settings, rows, rules));
      spaces.add(
          new ChoiceSpace(
              rules,
              settings.votings(),
              exitLayers,
              settings.picks().choosable(),
              settings.tolerance()));
    }
    return new TaskChoices(plans, spaces, settings.picks().most());
  }

  /** Those of some of the tasks. */
  public TaskChoices part(int from, int to) {
    return new TaskChoices(plans.subList(from, to), spaces.subList(from, to), most);
  }

  /** The same for other tasks on the same rows, one after another, over and over. */
  TaskChoices onShuffledLabels(List<TaskPlan> shuffled) {
    return new TaskChoices(
        shuffled,
        IntStream.range(0, shuffled.size())
            .mapToObj(task -> spaces.get(task % spaces.size()))
            .toList(),
        most);
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
                      "--rule %s does not fit task '%s', which has %d labels; --rule auto picks"
                          + " one that does",
                      rule.label().replace('_', '-'), rows.task(), labels));
            });
    return settings.rule().map(List::of).orElse(Rule.tried(labels));
  }

  private static TaskPlan plan(SelectSettings settings, TaskRows rows, List<Rule> rules) {
    try {
      return TaskPlan.of(rows, rules, settings.metric(), settings.scheme());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          String.format(
              "Task '%s': %s; add rows of split 'validation', or probing rows",
              rows.task(), e.getMessage()),
          e);
    }
  }
}
