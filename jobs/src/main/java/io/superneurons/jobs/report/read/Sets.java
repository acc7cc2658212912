package io.superneurons.jobs.report.read;

import io.superneurons.activation.Split;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.neuron.rows.ChosenOn;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The sets of rows: those of the probing data first, then further evaluations by name. */
public final class Sets {
  public static final String PROBE = Split.PROBE.label();
  public static final String VALIDATION = Split.VALIDATION.label();
  public static final String CROSS_VALIDATION = ChosenOn.CROSS_VALIDATION.label();
  public static final String TEST = Split.TEST.label();

  private static final List<String> CHOOSING = List.of(PROBE, CROSS_VALIDATION, VALIDATION);
  private static final List<String> FIRST = List.of(PROBE, CROSS_VALIDATION, VALIDATION, TEST);

  /** The order in which sets are shown. */
  public static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(set -> FIRST.contains(set) ? FIRST.indexOf(set) : 99)
          .thenComparing(Comparator.naturalOrder());

  private Sets() {}

  /** The validation rows, or the probing rows where there are no others. */
  public static String lastThatChose(List<TaskResults> tasks) {
    boolean validated =
        tasks.stream()
            .flatMap(task -> task.evaluations().stream())
            .anyMatch(evaluation -> evaluation.set().equals(VALIDATION));
    return validated ? VALIDATION : PROBE;
  }

  /** The sets that chose nothing, so that results on them count: test and further evaluations. */
  public static List<String> judging(List<TaskResults> tasks) {
    TreeSet<String> sets = new TreeSet<>(ORDER);
    tasks.forEach(
        task ->
            task.evaluations().stream()
                .map(Evaluation::set)
                .filter(set -> !CHOOSING.contains(set))
                .forEach(sets::add));
    return List.copyOf(sets);
  }

  /** The name for people. */
  public static String title(String set) {
    return set.equals(CROSS_VALIDATION) ? "cross-validation" : set.replace('_', ' ');
  }
}
