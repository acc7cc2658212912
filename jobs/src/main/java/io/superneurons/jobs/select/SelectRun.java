package io.superneurons.jobs.select;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Versions;
import io.superneurons.jobs.select.choose.Findings;
import io.superneurons.jobs.select.choose.Scans;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.choose.SharedNeurons;
import io.superneurons.jobs.select.choose.Shufflings;
import io.superneurons.jobs.select.choose.TaskBatch;
import io.superneurons.jobs.select.choose.TaskChoices;
import io.superneurons.jobs.select.choose.TaskSelection;
import io.superneurons.jobs.select.rows.LabelledRow;
import io.superneurons.jobs.select.rows.LabelledRowReader;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardPlan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.settings.ActivationFolders;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Permutations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
   * @throws ConfigurationException for what cannot work, before any activations are read
   */
  public List<String> run() throws IOException {
    Configuration hadoop = context.hadoopConfiguration();
    ActivationFolders folders = ActivationFolders.open(settings, hadoop);
    List<LayerSite> columns = folders.columns(settings);
    RowTable table = readRows(columns);
    TaskChoices choices = TaskChoices.of(settings, table, columns);
    ScanPlan work =
        new ScanPlan(
            table.files(),
            table.rows(),
            folders.first(),
            choices.plans(),
            table.starts(),
            choices.most());
    List<Shard> shards =
        ShardPlan.of(columns, work, settings.shardBytes(), context.defaultParallelism());
    output.printPlan(table, sets, folders, columns, shards);
    try (Scans scans = new Scans(context, settings, work, shards)) {
      output.printScored(scans.score());
      List<Optional<Selected>> outcomes = new ArrayList<>();
      List<List<Permutations.Run>> shuffled =
          new Shufflings(context, settings, work, choices, columns).run();
      for (TaskBatch batch : TaskBatch.plan(work, shards, settings.shardBytes())) {
        outcomes.addAll(select(scans, batch, columns, table, choices, shuffled, folders.first()));
      }
      return write(folders, columns, work, scans.scores(), scans.profiled(outcomes));
    }
  }

  private List<Optional<Selected>> select(
      Scans all,
      TaskBatch batch,
      List<LayerSite> columns,
      RowTable table,
      TaskChoices choices,
      List<List<Permutations.Run>> shuffled,
      ActivationsMetadata activations) {
    TaskChoices part = choices.part(batch.from(), batch.to());
    try (Scans scans = all.part(batch)) {
      List<Findings> findings = scans.findings(scans.leaders(), columns, part);
      return IntStream.range(0, findings.size())
          .parallel()
          .mapToObj(
              task ->
                  new TaskSelection(
                          settings,
                          sets,
                          part.plans().get(task),
                          table.words().get(batch.from() + task),
                          activations)
                      .select(
                          part.spaces().get(task),
                          findings.get(task),
                          shuffled.get(batch.from() + task)))
          .toList();
    }
  }

  private RowTable readRows(List<LayerSite> columns) {
    LabelledRowReader reader =
        new LabelledRowReader(spark, sets, settings.tasks(), columns, settings.split());
    List<LabelledRow> rows = new ArrayList<>();
    settings.activations().forEach(folder -> rows.addAll(reader.readOwn(folder)));
    settings
        .evaluations()
        .forEach((name, folder) -> rows.addAll(reader.readEvaluation(folder, name)));
    RowTable table = RowTable.of(rows, sets);
    for (String task : settings.tasks()) {
      if (table.tasks().stream().noneMatch(rowsOfTask -> rowsOfTask.task().equals(task))) {
        throw new ConfigurationException(
            String.format(
                "--tasks %s: no labelled row of that task in %s", task, settings.activations()));
      }
    }
    output.warnOfSharedImages(table);
    return table;
  }

  private List<String> write(
      ActivationFolders folders,
      List<LayerSite> columns,
      ScanPlan work,
      JavaRDD<ShardScores> scores,
      List<Optional<Selected>> outcomes)
      throws IOException {
    List<Selected> done = outcomes.stream().flatMap(Optional::stream).toList();
    List<TaskSuperNeurons> tasks = done.stream().map(Selected::superNeurons).toList();
    List<String> failed =
        IntStream.range(0, outcomes.size())
            .filter(task -> outcomes.get(task).isEmpty())
            .mapToObj(task -> work.plans().get(task).rows().task())
            .toList();
    output.clear();
    context.sc().setJobDescription("select: write");
    new ScoreTable(context, scores, work, settings.output() + "/scores")
        .write(
            outcomes.stream().map(o -> o.map(Selected::superNeurons)).toList(),
            columns.stream().mapToLong(c -> work.metadata().layout().width(c.site())).sum(),
            settings.shardBytes());
    SmallTables tables = new SmallTables(context.hadoopConfiguration(), settings.output());
    tables.writeEvaluations(done.stream().flatMap(task -> task.evaluations().stream()).toList());
    tables.writeTransfers(done.stream().flatMap(task -> task.transfers().stream()).toList());
    tables.writeSharedNeurons(
        SharedNeurons.servingSeveral(done.stream().flatMap(task -> task.best().stream()).toList()));
    tables.writeMargins(tasks);
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
    output.write(superNeurons);
    output.printSummary(tasks, failed);
    return failed;
  }
}
