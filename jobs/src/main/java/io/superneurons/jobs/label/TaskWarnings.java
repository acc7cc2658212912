package io.superneurons.jobs.label;

import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.LabelsFrom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why the labels of a task may mean nothing, however sure its Super Neurons are of them. */
final class TaskWarnings {
  private TaskWarnings() {}

  /**
   * All there is to warn of, by task; empty lists where there is nothing.
   *
   * @param question given by hand for all rows; may be null
   */
  static Map<String, List<String>> of(SuperNeurons superNeurons, String question) {
    Map<String, List<String>> byTask = new LinkedHashMap<>();
    superNeurons.tasks().forEach(task -> byTask.put(task.task(), of(task, question)));
    return byTask;
  }

  /**
   * What there is to warn of in one task.
   *
   * @param question that is asked, where it may be another than the task's; may be null
   */
  static List<String> of(TaskSuperNeurons task, String question) {
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
    foreignQuestion(task.question(), question).ifPresent(warnings::add);
    return List.copyOf(warnings);
  }

  /**
   * What to tell of a question, given by hand, that is another than the one which Super Neurons
   * were chosen with: their labels may say nothing of what it asks. Nothing where the question is
   * the same but for white space, or where none of the two is known.
   *
   * @param chosenWith what the task's probing rows asked
   * @param given by hand; may be null
   */
  static Optional<String> foreignQuestion(Optional<String> chosenWith, String given) {
    return chosenWith
        .filter(own -> given != null && !spaced(own).equals(spaced(given)))
        .map(
            own ->
                String.format(
                    Locale.ROOT,
                    "ANOTHER QUESTION than its neurons were chosen with, \"%s\": they may not"
                        + " answer it",
                    spaced(own)));
  }

  private static String spaced(String question) {
    return question.strip().replaceAll("\\s+", " ");
  }
}
