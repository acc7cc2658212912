package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.SelectionFolder.Table;
import io.superneurons.jobs.report.CellScore;
import io.superneurons.jobs.report.CurvePoint;
import io.superneurons.jobs.report.ExitCost;
import io.superneurons.jobs.report.Measured;
import io.superneurons.jobs.report.Selection;
import io.superneurons.jobs.report.Shared;
import io.superneurons.jobs.report.TaskResults;
import io.superneurons.jobs.report.Transfer;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Reads what a report shows: the best of the scores, and the small tables whole. */
final class ReportTables {
  private final SelectionFolder folder;
  private final TableReader reader;

  ReportTables(SelectionFolder folder, Configuration conf) {
    this.folder = folder;
    this.reader = new TableReader(conf);
  }

  /**
   * Everything of the selection.
   *
   * @param activations the folder that it was selected on, which tells the model's shape
   * @throws ConfigurationException if a table is missing or cannot be read
   */
  Selection read(Optional<String> activations) {
    Map<String, List<BestOfCell>> cells = cells();
    Map<String, List<Measured>> evaluations =
        byTask(
            Table.EVALUATIONS,
            List.of("task", "set", "method", "metric", "value", "n", "ci_low", "ci_high"),
            ReportTables::measured);
    Map<String, List<CurvePoint>> curves =
        byTask(
            Table.CURVES, List.of("task", "set", "x_name", "x", "value"), ReportTables::curvePoint);
    List<TaskResults> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : folder.superNeurons().tasks()) {
      List<BestOfCell> ofTask = cells.getOrDefault(task.task(), List.of());
      tasks.add(
          new TaskResults(
              task,
              evaluations.getOrDefault(task.task(), List.of()),
              curves.getOrDefault(task.task(), List.of()),
              ofTask.stream()
                  .flatMap(cell -> cell.best().stream())
                  .sorted(Comparator.comparing(CellScore::place))
                  .toList(),
              ofTask.stream().mapToLong(BestOfCell::tried).sum(),
              ofTask.stream().mapToLong(BestOfCell::significant).sum()));
    }
    return new Selection(
        folder.superNeurons(), tasks, cost(activations, tasks), transfers(), shared());
  }

  private Map<String, List<BestOfCell>> cells() {
    Map<BestOfCell.Key, BestOfCell> cells = new HashMap<>();
    reader.read(
        folder.path(Table.SCORES),
        BestOfCell.COLUMNS,
        row -> cells.computeIfAbsent(BestOfCell.Key.of(row), BestOfCell::new).add(row));
    return cells.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                cell -> cell.getKey().task(),
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private <T> Map<String, List<T>> byTask(
      Table table, List<String> columns, Function<TableRow, T> read) {
    Map<String, List<T>> byTask = new TreeMap<>();
    reader.read(
        folder.path(table),
        columns,
        row ->
            byTask
                .computeIfAbsent(row.text("task"), task -> new ArrayList<>())
                .add(read.apply(row)));
    return byTask;
  }

  /** All rows of a table, which folders of earlier versions may not have. */
  private <T> List<T> all(Table table, List<String> columns, Function<TableRow, T> read) {
    List<T> rows = new ArrayList<>();
    if (folder.has(table)) {
      reader.read(folder.path(table), columns, row -> rows.add(read.apply(row)));
    }
    return rows;
  }

  private static Measured measured(TableRow row) {
    return new Measured(
        row.text("set"),
        row.text("method"),
        row.text("metric"),
        row.number("value"),
        row.integer("n"),
        row.numberIfAny("ci_low"),
        row.numberIfAny("ci_high"));
  }

  private static CurvePoint curvePoint(TableRow row) {
    CurvePoint.Along along =
        row.text("x_name").equals(CurvePoint.Along.TOP_K.label())
            ? CurvePoint.Along.TOP_K
            : CurvePoint.Along.EXIT_LAYER;
    return new CurvePoint(row.text("set"), along, row.integer("x"), row.number("value"));
  }

  /** The best first. */
  private List<Transfer> transfers() {
    return all(
            Table.TRANSFER,
            List.of("from_task", "to_task", "set", "value", "own"),
            ReportTables::transfer)
        .stream()
        .sorted(
            Comparator.comparingDouble((Transfer t) -> -t.value())
                .thenComparing(Transfer::from)
                .thenComparing(Transfer::to))
        .toList();
  }

  private static Transfer transfer(TableRow row) {
    return new Transfer(
        row.text("from_task"),
        row.text("to_task"),
        row.text("set"),
        row.number("value"),
        row.number("own"));
  }

  /** Where a neuron that serves several tasks lies, and one of them. */
  private record Serving(LayerSite place, int index, Shared.Place task) {
    static Serving of(TableRow row) {
      return new Serving(
          new LayerSite(row.integer("layer"), Site.of(row.text("site"))),
          row.integer("index"),
          new Shared.Place(row.text("task"), row.integer("rank"), row.flag("selected")));
    }
  }

  /** Neurons that serve several tasks, those that serve most first. */
  private List<Shared> shared() {
    List<String> columns = List.of("layer", "site", "index", "task", "rank", "selected");
    Map<List<Object>, List<Serving>> byNeuron =
        all(Table.SHARED_NEURONS, columns, Serving::of).stream()
            .collect(Collectors.groupingBy(s -> List.of(s.place(), s.index())));
    return byNeuron.values().stream()
        .map(ReportTables::shared)
        .sorted(
            Comparator.comparingInt((Shared neuron) -> -neuron.tasks().size())
                .thenComparing(Shared::place)
                .thenComparingInt(Shared::index))
        .toList();
  }

  private static Shared shared(List<Serving> servings) {
    return new Shared(
        servings.get(0).place(),
        servings.get(0).index(),
        servings.stream()
            .map(Serving::task)
            .sorted(Comparator.comparing(Shared.Place::task))
            .toList());
  }

  /** Without the model's shape the deepest layer with a score is taken for its last. */
  private ExitCost cost(Optional<String> activations, List<TaskResults> tasks) {
    return activations
        .map(given -> ExitCost.of(folder.activations(given)))
        .orElseGet(
            () ->
                ExitCost.ofLayers(
                    1
                        + tasks.stream()
                            .flatMap(task -> task.cells().stream())
                            .mapToInt(cell -> cell.place().layer())
                            .max()
                            .orElse(0)));
  }
}
