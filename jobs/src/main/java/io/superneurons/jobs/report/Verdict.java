package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What Super Neurons do on the set. */
  Element draw() {
    return draw(parts(task -> List.of()));
  }

  /**
   * The same, with what is to be known of the model's own answers where none names a label.
   *
   * @param facts what exits cost, of a task without answers to compare with
   */
  Element drawWithAnswers(Function<TaskResults, List<String>> facts) {
    List<String> parts = parts(facts);
    String answers =
        speechless()
            .map(task -> task.task() + ", the most frequent of all rows are " + task.otherAnswers())
            .collect(Collectors.joining("; "));
    if (!answers.isEmpty()) {
      parts.add(LABELS + answers);
    }
    return draw(parts);
  }

  private Element draw(List<String> parts) {
    return Element.of("p", "On " + Sets.title(set) + ", " + String.join("; ", parts) + ".")
        .with("class", "verdict" + tone(pairs()))
        .with("data-set", set);
  }

  private List<String> parts(Function<TaskResults, List<String>> facts) {
    List<String> parts = new ArrayList<>();
    List<Pair> pairs = pairs();
    if (tasks.stream().allMatch(TaskResults::learntFromAnswers)) {
      parts.add("labels are the model’s own answers: what is right here is what it says");
    } else if (!pairs.isEmpty() || speechless().findAny().isEmpty()) {
      parts.add(sentence(pairs));
    }
    speechless().forEach(task -> parts.add(answer(task, facts.apply(task))));
    return parts;
  }

  private Stream<TaskResults> speechless() {
    return tasks.stream().filter(task -> task.answersOutsideTheLabels(set));
  }

  private List<Pair> pairs() {
    return tasks.stream()
        .filter(task -> !task.answersOutsideTheLabels(set))
        .flatMap(task -> pair(task).stream())
        .toList();
  }

  /** What came out of a task that there is nothing to compare with. */
  private String answer(TaskResults task, List<String> facts) {
    String luck = task.found() ? "" : "nothing was found for " + task.task() + ": ";
    String score =
        task.accuracy(set, Method.SUPER_NEURONS)
            .map(
                ours ->
                    String.format(
                        Locale.ROOT,
                        "Super Neurons are right on %s of %s of %s",
                        Numbers.fine(ours.value()),
                        Plural.text(ours.rows(), "row"),
                        task.task()))
            .orElse("it is not known how often Super Neurons are right on " + task.task());
    return luck + score + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")");
  }

  /** One that is worse weighs most; where all are ties nothing is good or bad. */
  private String tone(List<Pair> pairs) {
    if (pairs.stream().anyMatch(pair -> pair.is(PairedTest.Verdict.WORSE))
        || speechless().anyMatch(task -> !task.found())) {
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
