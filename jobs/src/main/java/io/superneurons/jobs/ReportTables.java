package io.superneurons.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads what a report shows: aggregates of the scores, and the small tables whole. */
final class ReportTables {
  private static final double SIGNIFICANT = 0.05;

  private final SelectionFolder folder;

  ReportTables(SelectionFolder folder) {
    this.folder = folder;
  }

  /**
   * Everything of the selection.
   *
   * @param activations the folder that it was selected on, which tells the model's shape
   */
  Selection read(Optional<String> activations) {
    Map<String, List<Row>> cells = byTask(bestOfCells());
    Map<String, List<Row>> evaluations = byTask(folder.table(SelectionFolder.Table.EVALUATIONS));
    Map<String, List<Row>> curves = byTask(folder.table(SelectionFolder.Table.CURVES));
    List<TaskResults> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : folder.superNeurons().tasks()) {
      List<Row> ofTask = cells.getOrDefault(task.task(), List.of());
      tasks.add(
          new TaskResults(
              task,
              evaluations.getOrDefault(task.task(), List.of()).stream()
                  .map(ReportTables::measured)
                  .toList(),
              curves.getOrDefault(task.task(), List.of()).stream()
                  .map(ReportTables::curvePoint)
                  .toList(),
              ofTask.stream()
                  .filter(row -> !row.isNullAt(row.fieldIndex("probe")))
                  .map(ReportTables::cell)
                  .sorted(Comparator.comparing(CellScore::place))
                  .toList(),
              ofTask.stream().mapToLong(row -> row.<Long>getAs("tried")).sum(),
              ofTask.stream().mapToLong(row -> row.<Long>getAs("significant")).sum()));
    }
    return new Selection(
        folder.superNeurons(), tasks, cost(activations, tasks), transfers(), shared());
  }

  /** Of each task, layer and site the neuron that is best on probing rows, the first of equals. */
  private Dataset<Row> bestOfCells() {
    return folder
        .table(SelectionFolder.Table.SCORES)
        .groupBy("task", "layer", "site")
        .agg(
            max(struct(col("probe"), col("index").multiply(-1).as("before"), col("validation")))
                .as("best"),
            count(lit(1)).as("tried"),
            sum(when(col("q_value").lt(SIGNIFICANT), 1L).otherwise(0L)).as("significant"))
        .select(
            col("task"),
            col("layer"),
            col("site"),
            col("best.probe"),
            col("best.before").multiply(-1).as("index"),
            col("best.validation"),
            col("tried"),
            col("significant"));
  }

  private static Map<String, List<Row>> byTask(Dataset<Row> rows) {
    return rows.collectAsList().stream().collect(Collectors.groupingBy(row -> row.getAs("task")));
  }

  private static CellScore cell(Row row) {
    return new CellScore(
        new LayerSite(row.<Integer>getAs("layer"), Site.of(row.getAs("site"))),
        row.<Integer>getAs("index"),
        row.<Double>getAs("probe"),
        number(row, "validation").orElse(Double.NaN));
  }

  private static Measured measured(Row row) {
    return new Measured(
        row.getAs("set"),
        row.getAs("method"),
        row.getAs("metric"),
        row.<Double>getAs("value"),
        row.<Integer>getAs("n"),
        number(row, "ci_low"),
        number(row, "ci_high"));
  }

  private static CurvePoint curvePoint(Row row) {
    String xName = row.getAs("x_name");
    CurvePoint.Along along =
        xName.equals(CurvePoint.Along.TOP_K.label())
            ? CurvePoint.Along.TOP_K
            : CurvePoint.Along.EXIT_LAYER;
    return new CurvePoint(
        row.getAs("set"), along, row.<Integer>getAs("x"), row.<Double>getAs("value"));
  }

  private static OptionalDouble number(Row row, String column) {
    Double value = row.<Double>getAs(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The best first. */
  private List<Transfer> transfers() {
    return folder.tableIfThere(SelectionFolder.Table.TRANSFER).stream()
        .flatMap(table -> table.collectAsList().stream())
        .map(
            row ->
                new Transfer(
                    row.getAs("from_task"),
                    row.getAs("to_task"),
                    row.getAs("set"),
                    row.<Double>getAs("value"),
                    row.<Double>getAs("own")))
        .sorted(
            Comparator.comparingDouble((Transfer t) -> -t.value())
                .thenComparing(Transfer::from)
                .thenComparing(Transfer::to))
        .toList();
  }

  /** Neurons that serve several tasks, those that serve most first. */
  private List<Shared> shared() {
    Map<List<Object>, List<Row>> byNeuron =
        folder.tableIfThere(SelectionFolder.Table.SHARED_NEURONS).stream()
            .flatMap(table -> table.collectAsList().stream())
            .collect(
                Collectors.groupingBy(
                    row -> List.of(row.getAs("layer"), row.getAs("site"), row.getAs("index"))));
    return byNeuron.values().stream()
        .map(ReportTables::shared)
        .sorted(
            Comparator.comparingInt((Shared neuron) -> -neuron.tasks().size())
                .thenComparing(Shared::place)
                .thenComparingInt(Shared::index))
        .toList();
  }

  private static Shared shared(List<Row> rows) {
    Row first = rows.get(0);
    return new Shared(
        new LayerSite(first.<Integer>getAs("layer"), Site.of(first.getAs("site"))),
        first.<Integer>getAs("index"),
        rows.stream()
            .map(
                row ->
                    new Shared.Place(
                        row.getAs("task"), row.<Integer>getAs("rank"), row.getAs("selected")))
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
