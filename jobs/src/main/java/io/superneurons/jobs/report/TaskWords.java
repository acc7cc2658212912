package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words what was chosen for a task, whether luck explains it, and how sure that is. */
final class TaskWords {
  private final TaskResults task;
  private final Optional<String> first;

  /**
   * Words for a task.
   *
   * @param first the set of which the page's first words are, where one judges: they tell of own
   *     answers of which none names a label
   */
  TaskWords(TaskResults task, Optional<String> first) {
    this.task = task;
    this.first = first;
  }

  List<Element> draw() {
    List<Element> words = new ArrayList<>(List.of(summary()));
    task.chosen().chosen().permutations().ifPresent(found -> words.add(luck(found)));
    notes().forEach(note -> words.add(Element.paragraph("note", note)));
    return words;
  }

  /** What else to know of the numbers. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (task.learntFromAnswers()) {
      notes.add("Labels are the model’s own answers: what is right here is what it says.");
    }
    Precision.of(task.chosen())
        .ifPresent(
            sure ->
                notes.add(
                    sentence((sure.isWide() ? "too few labels to tell: " : "") + sure.text())));
    task.evaluations().stream()
        .filter(one -> one.method().equals(Evaluation.SUPER_NEURONS))
        .filter(one -> one.metric().equals(Evaluation.COVERAGE) && one.value() < 1)
        .forEach(
            one ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "Undecided on %s: %.0f of %s.",
                        Sets.title(one.set()),
                        (1 - one.value()) * one.rows(),
                        Plural.text(one.rows(), "row"))));
    if (!task.others().isEmpty() && first.filter(task::answersOutsideTheLabels).isEmpty()) {
      notes.add("Own answers that name no label, the most frequent: " + task.otherAnswers() + ".");
    }
    return notes;
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private Element summary() {
    TaskSuperNeurons chosen = task.chosen();
    Optional<Discoveries> found = chosen.chosen().discoveries();
    StringBuilder text = new StringBuilder();
    chosen.question().ifPresent(question -> text.append("“").append(question).append("” "));
    text.append(
        String.format(
            Locale.ROOT,
            "Labels: %s. %s by %s vote, %s rule, exit after %s; chosen by %s %s.",
            String.join(", ", chosen.labels()),
            Plural.text(chosen.neurons().size(), "neuron"),
            Sets.title(chosen.voting().label()),
            Sets.title(chosen.rule().label()),
            chosen.exitLayer(),
            Sets.title(chosen.metric().label()),
            chosen.chosen().on() == ChosenOn.CROSS_VALIDATION
                ? "in cross-validation"
                : "on validation rows"));
    if (chosen.chosen().fittedOn() == FittedOn.PROBE_AND_VALIDATION) {
      text.append(" They are fitted on probing and validation rows.");
    }
    if (chosen.chosen().abstainBelow() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              " Rows with a margin below %s are undecided; scores count them by their votes.",
              Numbers.score(chosen.chosen().abstainBelow())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            " Of %s neurons that were tried, %s stand out from luck at a false discovery rate of"
                + " %s%%.",
            Numbers.count(task.tried()),
            Numbers.count(found.map(Discoveries::neurons).orElse(task.significant())),
            Numbers.weight(100 * found.map(Discoveries::maxQ).orElse(0.05))));
    found.ifPresent(some -> text.append(who(some)));
    return Element.of("p", text.toString());
  }

  /** Whether those that vote are more than candidates. */
  private static String who(Discoveries found) {
    return String.format(
        Locale.ROOT,
        found.any()
            ? " Only neurons with a q-value of at most %s might vote."
            : " None has a q-value of at most %s, so that all might vote: these are candidates.",
        found.maxQ());
  }

  /** What the same procedure finds on shuffled labels. */
  private static Element luck(Permutations shuffled) {
    String text =
        shuffled.found()
            ? "Not by luck: with labels shuffled, %s of %s runs of the whole selection did as well"
            : "Nothing was found: with labels shuffled, %s of %s runs of the whole selection did as"
                + " well";
    return Element.of(
            "p",
            String.format(
                Locale.ROOT,
                text + " as this one, %s (p %s, q among the tasks %s; their mean is %s).",
                Numbers.count(shuffled.asGood()),
                Numbers.count(shuffled.count()),
                Numbers.score(shuffled.score()),
                Numbers.pValue(shuffled.pValue()),
                Numbers.pValue(shuffled.qValue()),
                Numbers.score(shuffled.shuffledMean())))
        .with("class", shuffled.found() ? "luck verdict" : "luck verdict below")
        .with("data-found", String.valueOf(shuffled.found()));
  }
}
