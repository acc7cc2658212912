package io.superneurons.jobs.select;

import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.results.JudgedRow;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.rows.FileRows;
import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Verdicts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the Super Neurons say of every labelled row, with the row's own words: the driver holds only
 * numbers of rows, so the texts are read again, file by file.
 */
final class JudgedRows {
  private static final List<String> TEXTS = List.of("id", "image", "question");

  private final TableReader reader;
  private final RowTable table;
  private final Sets sets;
  private final List<Optional<Selected>> outcomes;
  private final int[] starts;

  /** Takes a row. */
  @FunctionalInterface
  interface Each {
    void take(JudgedRow row) throws IOException;
  }

  /**
   * @param table all labelled rows
   * @param outcomes one per task of the table, in its order
   */
  JudgedRows(Configuration conf, RowTable table, Sets sets, List<Optional<Selected>> outcomes) {
    this.reader = new TableReader(conf);
    this.table = table;
    this.sets = sets;
    this.outcomes = outcomes;
    this.starts = table.tasks().stream().mapToInt(LabelledTask::start).toArray();
  }

  /** All rows of tasks that were selected for, in the order of the files. */
  void forEach(Each each) throws IOException {
    for (FileRows file : table.files()) {
      for (JudgedRow row : read(file)) {
        each.take(row);
      }
    }
  }

  private List<JudgedRow> read(FileRows file) {
    List<JudgedRow> rows = new ArrayList<>();
    int[] position = {0};
    reader.readFile(
        new Path(file.path()),
        TEXTS,
        texts -> {
          int target = file.target(position[0]++);
          if (target != FileRows.UNWANTED) {
            row(target, texts).ifPresent(rows::add);
          }
        });
    return rows;
  }

  private Optional<JudgedRow> row(int target, TableRow texts) {
    int found = Arrays.binarySearch(starts, target);
    int task = found >= 0 ? found : -found - 2;
    return outcomes
        .get(task)
        .map(
            selected ->
                row(
                    table.tasks().get(task).rows(),
                    target - starts[task],
                    selected.judged(),
                    texts));
  }

  private JudgedRow row(TaskRows task, int row, Selected.Judged judged, TableRow texts) {
    Verdicts verdicts = judged.verdicts();
    int predicted = verdicts.predicted()[row];
    boolean voted = predicted != Confusion.NO_LABEL;
    double margin = verdicts.margins()[row];
    return new JudgedRow(
        task.task(),
        sets.name(set(task, row)),
        texts.textIfAny("id").orElseThrow(),
        texts.textIfAny("image"),
        texts.textIfAny("question"),
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
