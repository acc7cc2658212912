package io.superneurons.jobs.report.read;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.report.neuron.CardReader;
import io.superneurons.jobs.report.neuron.CardRow;
import io.superneurons.jobs.report.rows.RowsOfSet;
import io.superneurons.jobs.results.JudgedRow;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.jobs.results.SelectionFolder.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Reads what is to be shown of single rows: of each task the first set that chose nothing. */
final class SinglesReader {
  private final SelectionFolder folder;
  private final Configuration conf;

  /** The set that is shown of each task. */
  private final Map<String, String> sets;

  private final Map<String, RowsOfSet> rows = new HashMap<>();
  private final Map<String, Set<String>> ids = new HashMap<>();

  SinglesReader(SelectionFolder folder, Configuration conf, List<TaskResults> tasks) {
    this.folder = folder;
    this.conf = conf;
    this.sets =
        tasks.stream().collect(Collectors.toMap(TaskResults::task, SinglesReader::shownSet));
  }

  private static String shownSet(TaskResults task) {
    List<TaskResults> one = List.of(task);
    List<String> judging = Sets.judging(one);
    return judging.isEmpty() ? Sets.lastThatChose(one) : judging.get(0);
  }

  /**
   * The rows by task; nothing of a selection of an earlier version.
   *
   * @param neurons of each task whose values are wanted
   */
  Map<String, Singles> read(Optional<String> activations, int neurons) {
    if (!folder.has(Table.ROWS)) {
      return Map.of();
    }
    new TableReader(conf)
        .read(
            folder.path(Table.ROWS),
            JudgedRow.SCHEMA.columns(),
            row -> {
              String task = row.text("task");
              if (row.text("set").equals(sets.get(task))) {
                rows.computeIfAbsent(task, t -> new RowsOfSet()).add(JudgedRow.of(row));
                ids.computeIfAbsent(task, t -> new HashSet<>()).add(row.text("id"));
              }
            });
    Map<String, List<CardRow>> values =
        activations.map(given -> values(given, neurons)).orElse(Map.of());
    return rows.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                task ->
                    new Singles(
                        sets.get(task.getKey()),
                        task.getValue(),
                        values.getOrDefault(task.getKey(), List.of()))));
  }

  private Map<String, List<CardRow>> values(String activations, int neurons) {
    ActivationsMetadata metadata = folder.activations(activations);
    CardReader reader = new CardReader();
    folder.superNeurons().tasks().stream()
        .filter(task -> ids.containsKey(task.task()))
        .forEach(task -> reader.want(task, neurons, ids.get(task.task())));
    return reader.read(conf, activations, metadata.storeDType());
  }
}
