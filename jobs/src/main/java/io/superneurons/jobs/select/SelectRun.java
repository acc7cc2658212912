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
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardPlan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.settings.ImageSizes;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.jobs.select.size.OpenedFolders;
import io.superneurons.jobs.select.size.SizePlan;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    List<SelectSettings> sizes = ImageSizes.of(settings, hadoop);
    String meanwhile = folder.meanwhile().toString();
    List<String> failed;
    if (sizes.size() == 1) {
      OpenedFolders opened = OpenedFolders.open(spark, settings, sets, meanwhile, output);
      failed = select(folder, opened, opened.tasks(), UnaryOperator.identity());
    } else {
      SizePlan plan = SizePlan.search(spark, sizes, sets, meanwhile, output);
      output.printSizes(plan);
      failed = select(folder, plan.opened(), plan.tasks(), plan::withExits);
    }
    output.warnOfUnfinished(unfinished);
    return failed;
  }

  /**
   * Selects on rows of one size of images.
   *
   * @param open the tasks
   * @param told adds to what was selected what else is to be written of it
   */
  private List<String> select(
      ReplacedFolder folder,
      OpenedFolders opened,
      List<OpenTask> open,
      UnaryOperator<List<Optional<Selected>>> told)
      throws IOException {
    SelectSettings own = opened.settings();
    List<LayerSite> columns = opened.columns();
    ScanPlan work = opened.work();
    List<Shard> shards =
        ShardPlan.of(columns, work, own.shardBytes(), context.defaultParallelism());
    output.printPlan(opened.table(), sets, opened.folders(), columns, shards);
    try (Scans scans = new Scans(context, own, work, shards)) {
      output.printScored(scans.score());
      Searches searches = opened.searches(context);
      List<OpenTask> tasks = new Shufflings(searches, open).run();
      List<Optional<Selected>> outcomes = new ArrayList<>();
      for (TaskBatch batch : TaskBatch.plan(tasks, work.kept(), shards, own.shardBytes())) {
        outcomes.addAll(select(scans, batch, columns, opened.folders().first()));
      }
      outcomes = new LearningCurves(searches, tasks, own.learningRows()).added(outcomes);
      return write(
          folder, opened, scans.scores(), told.apply(scans.profiled(FoundTasks.among(outcomes))));
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

  private List<String> write(
      ReplacedFolder folder,
      OpenedFolders opened,
      JavaRDD<ShardScores> scores,
      List<Optional<Selected>> outcomes)
      throws IOException {
    ScanPlan work = opened.work();
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
            opened.columns().stream().mapToLong(c -> work.metadata().layout().width(c)).sum(),
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
    tables.writeRows(new JudgedRows(context, opened.table(), sets, outcomes));
    tables.writeCurves(done.stream().flatMap(task -> task.curves().stream()).toList());
    ActivationsMetadata first = opened.folders().first();
    SuperNeurons superNeurons =
        new SuperNeurons(
            first.model(),
            first.prompt(),
            first.image(),
            first.storeDType(),
            first.computeDType(),
            Versions.ofThis(),
            tasks);
    folder.write(SuperNeurons.FILE_NAME, superNeurons.toJson());
    folder.appear(SuperNeurons.FILE_NAME);
    output.printSummary(
        done, failed, DrawingCommand.of(opened.settings(), context.hadoopConfiguration()));
    return failed;
  }
}
