package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.neuron.statistics.PairedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in words how Super Neurons do against the model's own answer, by a paired test: better, tie
 * or worse.
 */
final class Verdict {
  private static final String LABELS = "the model’s own answers are not among the labels of ";

  private final List<TaskResults> tasks;
  private final String set;

  /** A task whose rows have both, and what the test says of them. */
  private record Pair(String task, double ours, double own, PairedTest test) {
    boolean is(PairedTest.Verdict verdict) {
      return test.verdict() == verdict;
    }

    String scores() {
      return String.format(
          Locale.ROOT,
          "%s (%s against %s, p %s)",
          task,
          Numbers.score(ours),
          Numbers.score(own),
          Numbers.pValue(test.pValue()));
    }
  }

  Verdict(List<TaskResults> tasks, String set) {
    this.tasks = tasks;
    this.set = set;
  }

  Element draw() {
    List<Pair> pairs = new ArrayList<>();
    List<String> speechless = new ArrayList<>();
    for (TaskResults task : tasks) {
      if (task.answersOutsideTheLabels(set)) {
        speechless.add(task.task() + ", the most frequent of all rows are " + task.otherAnswers());
      } else {
        pair(task).ifPresent(pairs::add);
      }
    }
    List<String> parts = new ArrayList<>();
    if (tasks.stream().allMatch(TaskResults::learntFromAnswers)) {
      parts.add("labels are the model’s own answers: what is right here is what it says");
    } else if (!pairs.isEmpty() || speechless.isEmpty()) {
      parts.add(sentence(pairs));
    }
    if (!speechless.isEmpty()) {
      parts.add(LABELS + String.join("; ", speechless));
    }
    return Element.of("p", "On " + Sets.title(set) + ", " + String.join("; ", parts) + ".")
        .with("class", "verdict" + tone(pairs))
        .with("data-set", set);
  }

  /** One that is worse weighs most; where all are ties nothing is good or bad. */
  private static String tone(List<Pair> pairs) {
    if (pairs.stream().anyMatch(pair -> pair.is(PairedTest.Verdict.WORSE))) {
      return " below";
    }
    return pairs.stream().anyMatch(pair -> pair.is(PairedTest.Verdict.BETTER)) ? "" : " even";
  }

  private Optional<Pair> pair(TaskResults task) {
    Optional<Evaluation> ours = task.evaluation(set, Method.SUPER_NEURONS);
    Optional<Evaluation> own = task.evaluation(set, Method.MODEL_ANSWER);
    return ours.isEmpty() || own.isEmpty()
        ? Optional.empty()
        : task.compared(set, Method.MODEL_ANSWER)
            .map(test -> new Pair(task.task(), ours.get().value(), own.get().value(), test));
  }

  private static String sentence(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return "there is no answer of the model’s own to compare with, which extract --answer"
          + " records, or no paired test, which select makes";
    }
    List<String> parts = new ArrayList<>();
    for (PairedTest.Verdict verdict : PairedTest.Verdict.values()) {
      List<Pair> of = pairs.stream().filter(pair -> pair.is(verdict)).toList();
      if (!of.isEmpty()) {
        parts.add(part(verdict, of, pairs.size()));
      }
    }
    return "Super Neurons against the model’s own answer: " + String.join("; ", parts);
  }

  /** The tasks of a verdict by name, but for ties among several, which are counted. */
  private static String part(PairedTest.Verdict verdict, List<Pair> of, int all) {
    return verdict == PairedTest.Verdict.TIE && all > 1
        ? "tie on " + Numbers.count(of.size()) + " of " + Numbers.count(all) + " tasks"
        : verdict.label() + " on " + String.join(", ", of.stream().map(Pair::scores).toList());
  }
}
