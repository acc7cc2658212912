package io.superneurons.jobs.select;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Versions;
import io.superneurons.jobs.run.ReplacedFolder;
import io.superneurons.jobs.run.RunFolder;
import io.superneurons.jobs.select.choose.BatchScans;
import io.superneurons.jobs.select.choose.Findings;
import io.superneurons.jobs.select.choose.FoundTasks;
import io.superneurons.jobs.select.choose.LearningCurves;
import io.superneurons.jobs.select.choose.OpenTask;
import io.superneurons.jobs.select.choose.Scans;
import io.superneurons.jobs.select.choose.Searches;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.choose.SharedNeurons;
import io.superneurons.jobs.select.choose.Shufflings;
import io.superneurons.jobs.select.choose.TaskBatch;
import io.superneurons.jobs.select.choose.TaskSelection;
import io.superneurons.jobs.select.rows.LabelledRowReader;
import io.superneurons.jobs.select.rows.OwnRows;
import io.superneurons.jobs.select.rows.RowBlock;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.scan.GatheredFiles;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardPlan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.settings.ActivationFolders;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One run of select within a Spark session. */
public final class SelectRun {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final SelectSettings settings;
  private final SelectOutput output;
  private final Sets sets;

  public SelectRun(SparkSession spark, SelectSettings settings, SelectOutput output) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.output = output;
    this.sets = Sets.with(settings.evaluations().keySet());
  }

  /**
   * Reads, scores, selects and writes.
   *
   * @return the tasks that no neuron could serve
   * @throws ConfigurationException for what cannot work, before anything is written
   */
  public List<String> run() throws IOException {
    try (ReplacedFolder folder = output.begin()) {
      return run(folder);
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      Optional<ConfigurationException> refusal = refusalIn(e);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      throw e;
    }
  }

  /** What a Spark task refused of the activations, without Spark's exceptions around it. */
  private static Optional<ConfigurationException> refusalIn(Exception e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  private List<String> run(ReplacedFolder folder) throws IOException {
    Configuration hadoop = context.hadoopConfiguration();
    List<String> unfinished = unfinished(hadoop); // first, since such a folder may lack files
    output.warnOfUnfinished(unfinished);
    ActivationFolders folders = ActivationFolders.open(settings, hadoop);
    List<LayerSite> columns = folders.columns(settings);
    RowTable table = readRows(columns);
    List<OpenTask> tasks = OpenTask.all(settings, table, columns);
    ScanPlan work =
        new ScanPlan(
            new GatheredFiles(
                    columns, folders.first(), folder.meanwhile().toString(), settings.shardBytes())
                .of(context, table.files()),
            table.rows(),
            folders.first(),
            tasks.stream().map(OpenTask::placed).toList(),
            settings.picks().most());
    List<Shard> shards =
        ShardPlan.of(columns, work, settings.shardBytes(), context.defaultParallelism());
    output.printPlan(table, sets, folders, columns, shards);
    try (Scans scans = new Scans(context, settings, work, shards)) {
      output.printScored(scans.score());
      Searches searches = new Searches(context, settings, work, columns);
      tasks = new Shufflings(searches, tasks).run();
      List<Optional<Selected>> outcomes = new ArrayList<>();
      for (TaskBatch batch : TaskBatch.plan(tasks, work.kept(), shards, settings.shardBytes())) {
        outcomes.addAll(select(scans, batch, columns, folders.first()));
      }
      outcomes = new LearningCurves(searches, tasks, settings.learningRows()).added(outcomes);
      List<String> failed =
          write(
              folder,
              folders,
              columns,
              table,
              work,
              scans.scores(),
              scans.profiled(FoundTasks.among(outcomes)));
      output.warnOfUnfinished(unfinished);
      return failed;
    }
  }

  /** Those of runs that did not come to their end. */
  private List<String> unfinished(Configuration hadoop) throws IOException {
    List<String> unfinished = new ArrayList<>();
    for (String folder : settings.folders()) {
      if (RunFolder.isUnfinished(hadoop, folder)) {
        unfinished.add(folder);
      }
    }
    return unfinished;
  }

  private List<Optional<Selected>> select(
      Scans all, TaskBatch batch, List<LayerSite> columns, ActivationsMetadata activations) {
    try (BatchScans scans = all.of(batch)) {
      List<Findings> findings = scans.findings(columns, settings.seed());
      return IntStream.range(0, findings.size())
          .parallel()
          .mapToObj(
              i ->
                  new TaskSelection(settings, sets, batch.tasks().get(i), activations)
                      .select(findings.get(i)))
          .toList();
    }
  }

  private RowTable readRows(List<LayerSite> columns) {
    RowTable table = RowTable.of(readBlocks(columns), sets);
    for (String task : settings.tasks()) {
      if (table.tasks().stream().noneMatch(labelled -> labelled.name().equals(task))) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "--tasks %s: no labelled row of that task in %s",
                task,
                settings.activations()));
      }
    }
    output.warnOfSharedImages(table);
    return table;
  }

  private List<RowBlock> readBlocks(List<LayerSite> columns) {
    try (LabelledRowReader reader =
        new LabelledRowReader(
            spark,
            sets,
            settings.tasks(),
            columns,
            settings.dealing(),
            settings.labels(),
            settings.labelsFrom())) {
      reader.countAnswers(settings.activations());
      OwnRows own = reader.readOwn(settings.activations());
      if (own.dealt()) {
        output.printDealt(settings.dealing().byImage());
      }
      List<RowBlock> rows = new ArrayList<>(own.blocks());
      settings
          .evaluations()
          .forEach((name, folder) -> rows.addAll(reader.readEvaluation(folder, name)));
      reader.countLabels(settings.folders()).ifPresent(output::printLabels);
      return rows;
    }
  }

  private List<String> write(
      ReplacedFolder folder,
      ActivationFolders folders,
      List<LayerSite> columns,
      RowTable table,
      ScanPlan work,
      JavaRDD<ShardScores> scores,
      List<Optional<Selected>> outcomes)
      throws IOException {
    List<Selected> done = outcomes.stream().flatMap(Optional::stream).toList();
    List<TaskSuperNeurons> tasks = done.stream().map(Selected::superNeurons).toList();
    List<String> failed =
        IntStream.range(0, outcomes.size())
            .filter(task -> outcomes.get(task).isEmpty())
            .mapToObj(task -> work.plan(task).rows().task())
            .toList();
    if (tasks.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "No neuron can be used on %s %s: each has one value in all probing rows, or NaN or"
                  + " infinity in one of them; look at the activations, or try extract with --dtype"
                  + " float32",
              failed.size() == 1 ? "task" : "tasks",
              String.join(", ", failed)));
    }
    String place = folder.path().toString();
    context.sc().setJobDescription("select: write");
    new ScoreTable(context, scores, work, place)
        .write(
            outcomes.stream().map(o -> o.map(Selected::superNeurons)).toList(),
            columns.stream().mapToLong(c -> work.metadata().layout().width(c)).sum(),
            settings.shardBytes());
    SmallTables tables = new SmallTables(context.hadoopConfiguration(), place);
    tables.writeEvaluations(done.stream().flatMap(task -> task.evaluations().stream()).toList());
    tables.writeTransfers(done.stream().flatMap(task -> task.transfers().stream()).toList());
    tables.writeSharedNeurons(
        SharedNeurons.servingSeveral(done.stream().flatMap(task -> task.best().stream()).toList()));
    tables.writeMargins(tasks);
    tables.writeReliability(done.stream().flatMap(task -> task.reliability().stream()).toList());
    tables.writeComparisons(done.stream().flatMap(task -> task.comparisons().stream()).toList());
    tables.writeOtherAnswers(done.stream().flatMap(task -> task.others().stream()).toList());
    tables.writeRows(new JudgedRows(context, table, sets, outcomes));
    tables.writeCurves(done.stream().flatMap(task -> task.curves().stream()).toList());
    SuperNeurons superNeurons =
        new SuperNeurons(
            folders.first().model(),
            folders.first().prompt(),
            folders.first().image(),
            folders.first().storeDType(),
            folders.first().computeDType(),
            Versions.ofThis(),
            tasks);
    folder.write(SuperNeurons.FILE_NAME, superNeurons.toJson());
    folder.appear(SuperNeurons.FILE_NAME);
    output.printSummary(done, failed, DrawingCommand.of(settings, context.hadoopConfiguration()));
    return failed;
  }
}
