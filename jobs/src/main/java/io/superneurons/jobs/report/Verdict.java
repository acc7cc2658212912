package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words how Super Neurons do against the model's own answer, where they lose too. */
final class Verdict {
  private final List<TaskResults> tasks;
  private final String set;

  Verdict(List<TaskResults> tasks, String set) {
    this.tasks = tasks;
    this.set = set;
  }

  Element draw() {
    List<String> losses = new ArrayList<>();
    int compared = 0;
    for (TaskResults task : tasks) {
      var own = task.evaluation(set, Method.MODEL_ANSWER);
      var superNeurons = task.evaluation(set, Method.SUPER_NEURONS);
      if (own.isEmpty() || superNeurons.isEmpty()) {
        continue;
      }
      compared++;
      if (superNeurons.get().value() < own.get().value()) {
        losses.add(
            String.format(
                Locale.ROOT,
                "%s (%s against %s)",
                task.task(),
                Numbers.score(superNeurons.get().value()),
                Numbers.score(own.get().value())));
      }
    }
    return Element.of("p", sentence(compared, losses))
        .with("class", losses.isEmpty() ? "verdict" : "verdict below")
        .with("data-set", set);
  }

  private String sentence(int compared, List<String> losses) {
    String where = "On " + Sets.title(set) + ", ";
    if (compared == 0) {
      return where
          + "there is no answer of the model’s own to compare with; extract --answer records it.";
    }
    if (losses.isEmpty()) {
      return compared == 1
          ? where + "Super Neurons are at least as good as the model’s own answer."
          : where
              + "Super Neurons are at least as good as the model’s own answer on all "
              + compared
              + " tasks.";
    }
    return where
        + String.format(
            Locale.ROOT,
            "Super Neurons are below the model’s own answer on %s of %s %s: %s.",
            losses.size(),
            compared,
            compared == 1 ? "task" : "tasks",
            String.join("; ", losses));
  }
}
