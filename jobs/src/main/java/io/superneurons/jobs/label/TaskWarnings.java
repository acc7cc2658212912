package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.manifest.TaskContents;
import io.superneurons.jobs.manifest.TaskQuestions;
import io.superneurons.jobs.results.Reach;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.LabelsFrom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why the labels of a task may mean nothing, however sure its Super Neurons are of them. */
final class TaskWarnings {
  private TaskWarnings() {}

  /**
   * All there is to warn of, by task; empty lists where there is nothing.
   *
   * @param contents what the rows of each task hold, by its name
   */
  static Map<String, List<String>> of(
      SuperNeurons superNeurons, Map<String, TaskContents> contents) {
    Map<String, List<String>> byTask = new LinkedHashMap<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      List<String> warnings = new ArrayList<>(ofNeurons(task));
      TaskContents rows = contents.get(task.task());
      if (rows != null && rows.foreign() > 0) {
        warnings.add(asked(task, rows));
      }
      byTask.put(task.task(), List.copyOf(warnings));
    }
    return byTask;
  }

  /**
   * What there is to warn of in one task, of which one question is known.
   *
   * @param question that is asked, where it may be another than the task's; may be null
   */
  static List<String> of(TaskSuperNeurons task, String question) {
    List<String> warnings = new ArrayList<>(ofNeurons(task));
    if (question != null
        && task.question().filter(own -> !TaskQuestions.isSame(own, question)).isPresent()) {
      warnings.add(foreign(task, ""));
    }
    return List.copyOf(warnings);
  }

  /** What there is to warn of, whatever is asked. */
  private static List<String> ofNeurons(TaskSuperNeurons task) {
    List<String> warnings = new ArrayList<>();
    if (task.chosen().labelsFrom() == LabelsFrom.ANSWER) {
      warnings.add("learnt from the model's own answers, not from labels");
    }
    if (task.chosen().permutations().isPresent() && !task.chosen().permutations().get().found()) {
      warnings.add("NOTHING WAS FOUND for it: shuffled labels did as well, so its labels are luck");
    } else if (task.chosen().discoveries().isPresent()
        && !task.chosen().discoveries().get().any()) {
      warnings.add(
          "CANDIDATES: none of its neurons stands out from luck, so its labels may mean nothing");
    }
    Reach.none(task).ifPresent(warnings::add);
    return warnings;
  }

  private static String asked(TaskSuperNeurons task, TaskContents rows) {
    return foreign(
        task,
        String.format(
            Locale.ROOT,
            " in %,d of %s, such as \"%s\"",
            rows.foreign(),
            Plural.text(Arrays.stream(rows.rows()).sum(), "row"),
            TaskQuestions.spaced(rows.foreignQuestion())));
  }

  /**
   * Of a question that is another than the one which Super Neurons were chosen with: their labels
   * may say nothing of what it asks.
   */
  private static String foreign(TaskSuperNeurons task, String where) {
    return String.format(
        Locale.ROOT,
        "ANOTHER QUESTION than its neurons were chosen with, \"%s\"%s: they may not answer it",
        TaskQuestions.spaced(task.question().orElseThrow()),
        where);
  }
}
