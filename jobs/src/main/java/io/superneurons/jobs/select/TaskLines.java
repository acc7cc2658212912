package io.superneurons.jobs.select;

import io.superneurons.activation.Split;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.Precision;
import io.superneurons.jobs.results.Reach;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.statistics.PairedTest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to know of a task that was selected for, beside its scores, a line each. */
final class TaskLines {
  /** Sets that had a say, so that Super Neurons look better there than they are. */
  private static final Set<String> CHOOSING = Set.of(Split.PROBE.label(), Split.VALIDATION.label());

  private TaskLines() {}

  static List<String> of(Selected selected) {
    TaskSuperNeurons task = selected.superNeurons();
    List<String> lines = new ArrayList<>();
    if (task.chosen().labelsFrom() == LabelsFrom.ANSWER) {
      lines.add("LABELS ARE THE MODEL'S OWN ANSWERS: what is right here is what it says");
    }
    Precision.of(task)
        .filter(Precision::isWide)
        .ifPresent(precision -> lines.add("TOO FEW LABELS to tell: " + precision.text()));
    learning(selected.curves()).ifPresent(lines::add);
    Reach.none(task).ifPresent(lines::add);
    task.metrics().forEach((set, metrics) -> undecided(set, metrics, lines));
    selected.comparisons().stream()
        .filter(one -> !CHOOSING.contains(one.set()))
        .collect(Collectors.groupingBy(Comparison::set, LinkedHashMap::new, Collectors.toList()))
        .forEach((set, ofSet) -> lines.add(set + ": " + compared(ofSet)));
    answers(selected).ifPresent(lines::add);
    return lines;
  }

  /** The model's own answers that name no label. */
  private static Optional<String> answers(Selected selected) {
    String others =
        selected.others().stream()
            .map(other -> String.format(Locale.ROOT, "'%s' (%d)", other.answer(), other.rows()))
            .collect(Collectors.joining(", "));
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String outside =
        selected.evaluations().stream()
            .filter(one -> one.method().equals(Evaluation.MODEL_ANSWER))
            .filter(one -> one.metric().equals(Evaluation.COVERAGE) && one.value() == 0)
            .map(Evaluation::set)
            .collect(Collectors.joining(", "));
    return Optional.of(
        outside.isEmpty()
            ? "own answers that name no label, the most frequent: " + others
            : String.format(
                Locale.ROOT,
                "THE MODEL ANSWERS IN OTHER WORDS than the labels, on every row of %s; the most"
                    + " frequent: %s; %sextract with --prompt-suffix 'Answer with one word.'",
                outside,
                others,
                namesLabels(selected.superNeurons())
                    ? ""
                    : "name the labels in the question, or "));
  }

  /** Whether the question has every label as a word. */
  private static boolean namesLabels(TaskSuperNeurons task) {
    return task.question().isPresent()
        && task.labels().stream().allMatch(label -> isIn(task.question().get(), label));
  }

  private static boolean isIn(String question, String label) {
    String word = "(?<![\\p{L}\\p{N}])" + Pattern.quote(label) + "(?![\\p{L}\\p{N}])";
    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return Pattern.compile(word, flags).matcher(question).find();
  }

  /** What fewer rows would have come to; nothing where that is not known. */
  private static Optional<String> learning(List<CurvePoint> curves) {
    String points =
        curves.stream()
            .filter(point -> point.along() == CurvePoint.Along.ROWS_PER_LABEL)
            .map(point -> String.format(Locale.ROOT, "%d: %.3f", point.x(), point.value()))
            .collect(Collectors.joining(", "));
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of("held-out score by rows per label that fit: " + points);
  }

  private static void undecided(String set, Map<String, Double> metrics, List<String> lines) {
    double share = 1 - metrics.getOrDefault(Evaluation.COVERAGE, 1.0);
    if (share > 0) {
      double rows = metrics.get("rows");
      lines.add(
          String.format(Locale.ROOT, "%s: %.0f of %.0f rows undecided", set, share * rows, rows));
    }
  }

  private static String compared(List<Comparison> comparisons) {
    Map<PairedTest.Verdict, List<String>> methods = new EnumMap<>(PairedTest.Verdict.class);
    for (Comparison one : comparisons) {
      methods
          .computeIfAbsent(one.test().verdict(), verdict -> new ArrayList<>())
          .add(one.method().replace('_', ' '));
    }
    return methods.entrySet().stream()
        .map(entry -> words(entry.getKey()) + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String words(PairedTest.Verdict verdict) {
    return switch (verdict) {
      case BETTER -> "better than ";
      case TIE -> "tie with ";
      case WORSE -> "worse than ";
    };
  }
}
