package io.superneurons.jobs.report.read;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.Part;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.TextFile;
import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import io.superneurons.jobs.report.run.Pace;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.jobs.results.ScoredNeuron;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.jobs.results.SelectionFolder.Table;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads what a report shows: the best of the scores, and the small tables whole. */
public final class ReportTables {
  private final SelectionFolder folder;
  private final Configuration conf;
  private final TableReader reader;

  public ReportTables(SelectionFolder folder, Configuration conf) {
    this.folder = folder;
    this.conf = conf;
    this.reader = new TableReader(conf);
  }

  private static <R> Map<String, List<R>> byTask(List<R> rows, Function<R, String> task) {
    return rows.stream().collect(Collectors.groupingBy(task));
  }

  /**
   * Everything of the selection.
   *
   * @param sources what else tells of it: activations the model's shape, and what the neurons were
   *     on each row; predictions how fast label was, and drift
   * @throws ConfigurationException if a table is missing or cannot be read
   */
  public Selection read(Sources sources) {
    Map<String, List<BestOfCell>> cells = cells();
    Map<String, List<Evaluation>> evaluations =
        byTask(all(Table.EVALUATIONS, Evaluation.SCHEMA, Evaluation::of), Evaluation::task);
    Map<String, List<CurvePoint>> curves =
        byTask(all(Table.CURVES, CurvePoint.SCHEMA, CurvePoint::of), CurvePoint::task);
    Map<String, List<ReliabilityBin>> reliability =
        byTask(
            allIfAny(Table.RELIABILITY, ReliabilityBin.SCHEMA, ReliabilityBin::of),
            ReliabilityBin::task);
    Map<String, List<Comparison>> comparisons =
        byTask(allIfAny(Table.COMPARISONS, Comparison.SCHEMA, Comparison::of), Comparison::task);
    Map<String, List<OtherAnswer>> others =
        byTask(
            allIfAny(Table.OTHER_ANSWERS, OtherAnswer.SCHEMA, OtherAnswer::of), OtherAnswer::task);
    List<TaskResults> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : folder.superNeurons().tasks()) {
      List<BestOfCell> ofTask = cells.getOrDefault(task.task(), List.of());
      tasks.add(
          new TaskResults(
              task,
              evaluations.getOrDefault(task.task(), List.of()),
              curves.getOrDefault(task.task(), List.of()),
              reliability.getOrDefault(task.task(), List.of()),
              comparisons.getOrDefault(task.task(), List.of()),
              others.getOrDefault(task.task(), List.of()),
              ofTask.stream()
                  .flatMap(cell -> cell.best().stream())
                  .sorted(Comparator.comparing(CellScore::place))
                  .toList(),
              ofTask.stream().mapToLong(BestOfCell::tried).sum(),
              ofTask.stream().mapToLong(BestOfCell::significant).sum()));
    }
    ExitCost cost = cost(sources.activations(), tasks);
    Optional<RunSummary> labelled = sources.predictions().map(this::summary);
    return new Selection(
        folder.superNeurons(),
        tasks,
        cost,
        pace(sources, labelled, cost),
        labelled.map(RunSummary::tasks).orElse(List.of()),
        new SinglesReader(folder, conf, tasks).read(sources.activations(), sources.neurons()),
        transfers(),
        allIfAny(Table.SHARED_NEURONS, SharedNeuron.SCHEMA, SharedNeuron::of));
  }

  /** How fast label was; without predictions, how fast extract was. */
  private Optional<Pace> pace(Sources sources, Optional<RunSummary> labelled, ExitCost cost) {
    return labelled.isPresent()
        ? Pace.ofLabel(labelled.get(), cost::share)
        : sources
            .activations()
            .filter(this::hasSummary)
            .map(this::summary)
            .flatMap(Pace::ofExtract);
  }

  private boolean hasSummary(String run) {
    Path file = new Path(PathNames.path(run), RunSummary.FILE_NAME);
    try {
      return file.getFileSystem(conf).exists(file);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private RunSummary summary(String run) {
    TextFile file = TextFile.inFolderOrItself(conf, run, RunSummary.FILE_NAME);
    try {
      return RunSummary.fromJson(file.text(), file.path());
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private Map<String, List<BestOfCell>> cells() {
    Map<BestOfCell.Key, BestOfCell> cells = new HashMap<>();
    reader.read(
        folder.path(Table.SCORES),
        ScoredNeuron.Summary.COLUMNS,
        row -> {
          ScoredNeuron.Summary scored = ScoredNeuron.Summary.of(row);
          cells.computeIfAbsent(BestOfCell.Key.of(scored), BestOfCell::new).add(scored);
        });
    return cells.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                cell -> cell.getKey().task(),
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private <T> List<T> all(Table table, TableSchema schema, Function<TableRow, T> read) {
    List<T> rows = new ArrayList<>();
    reader.read(folder.path(table), schema.columns(), row -> rows.add(read.apply(row)));
    return rows;
  }

  /** All rows of a table that folders of earlier versions may not have. */
  private <T> List<T> allIfAny(Table table, TableSchema schema, Function<TableRow, T> read) {
    return folder.has(table) ? all(table, schema, read) : List.of();
  }

  /** The best first. */
  private List<Transfer> transfers() {
    return allIfAny(Table.TRANSFER, Transfer.SCHEMA, Transfer::of).stream()
        .sorted(
            Comparator.comparingDouble((Transfer t) -> -t.value())
                .thenComparing(Transfer::from)
                .thenComparing(Transfer::to))
        .toList();
  }

  /** Without the model's shape the deepest layer with a score is taken for its last. */
  private ExitCost cost(Optional<String> activations, List<TaskResults> tasks) {
    return activations
        .map(given -> ExitCost.of(folder.activations(given)))
        .orElseGet(
            () ->
                ExitCost.ofLayers(
                    new ModelLayers(
                        deepest(tasks, Part.TOWER) + 1,
                        Math.max(0, deepest(tasks, Part.DECODER)) + 1)));
  }

  /** The deepest layer of a part that has a score; -1 if none has. */
  private static int deepest(List<TaskResults> tasks, Part part) {
    return tasks.stream()
        .flatMap(task -> task.cells().stream())
        .map(cell -> cell.place().modelLayer())
        .filter(layer -> layer.part() == part)
        .mapToInt(ModelLayer::number)
        .max()
        .orElse(-1);
  }
}
