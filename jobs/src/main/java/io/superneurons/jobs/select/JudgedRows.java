package io.superneurons.jobs.select;

import io.superneurons.jobs.results.JudgedRow;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.RowTexts;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Verdicts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the Super Neurons say of every labelled row, with the row's own words: the driver holds only
 * numbers of rows, so the words are read again, some files at a time.
 */
final class JudgedRows {
  private final JavaSparkContext context;
  private final RowTable table;
  private final Sets sets;
  private final List<Optional<Selected>> outcomes;
  private final int[] starts;

  /**
   * @param table all labelled rows
   * @param outcomes one per task of the table, in its order
   */
  JudgedRows(
      JavaSparkContext context, RowTable table, Sets sets, List<Optional<Selected>> outcomes) {
    this.context = context;
    this.table = table;
    this.sets = sets;
    this.outcomes = outcomes;
    this.starts = table.tasks().stream().mapToInt(LabelledTask::start).toArray();
  }

  /** All rows of tasks that were selected for, in the order of the files. */
  void forEach(Consumer<JudgedRow> each) {
    RowTexts.read(context, table.files(), texts -> row(texts).ifPresent(each));
  }

  private Optional<JudgedRow> row(RowTexts texts) {
    int found = Arrays.binarySearch(starts, texts.target());
    int task = found >= 0 ? found : -found - 2;
    return outcomes
        .get(task)
        .map(
            selected ->
                row(
                    table.tasks().get(task).rows(),
                    texts.target() - starts[task],
                    selected.judged(),
                    texts));
  }

  private JudgedRow row(TaskRows task, int row, Selected.Judged judged, RowTexts texts) {
    Verdicts verdicts = judged.verdicts();
    int predicted = verdicts.predicted()[row];
    boolean voted = predicted != Confusion.NO_LABEL;
    double margin = verdicts.margins()[row];
    return new JudgedRow(
        task.task(),
        sets.name(set(task, row)),
        texts.id(),
        Optional.ofNullable(texts.image()),
        Optional.ofNullable(texts.question()),
        task.labels().get(task.given()[row]),
        voted ? Optional.of(task.labels().get(predicted)) : Optional.empty(),
        votes(task.labels(), verdicts.weights()[row]),
        margin,
        voted
            ? OptionalDouble.of(judged.calibration().probability(margin))
            : OptionalDouble.empty());
  }

  private static int set(TaskRows task, int row) {
    int set = 0;
    while (row >= task.end(set)) {
      set++;
    }
    return set;
  }

  private static Map<String, Double> votes(List<String> labels, double[] weights) {
    Map<String, Double> votes = new LinkedHashMap<>();
    for (int label = 0; label < weights.length; label++) {
      votes.put(labels.get(label), weights[label]);
    }
    return votes;
  }
}
