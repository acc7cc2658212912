package io.superneurons.jobs.label;

import io.superneurons.activation.ModelLayers;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.manifest.ImageVersion;
import io.superneurons.jobs.manifest.Manifest;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.model.PromptOptions;
import io.superneurons.jobs.run.AskedRows;
import io.superneurons.jobs.run.Outcome;
import io.superneurons.jobs.run.RunFolder;
import io.superneurons.jobs.run.RunOptions;
import io.superneurons.jobs.run.RunPlan;
import io.superneurons.jobs.run.RunSettings;
import io.superneurons.jobs.run.RunStart;
import io.superneurons.jobs.run.Waves;
import io.superneurons.jobs.source.InputTables;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.Depth;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One run of label: which tasks, how far down the model, and what is written and said of it. */
public final class LabelRun {
  private static final String NAME = "label";

  /** About what a prediction with its question and votes takes. */
  private static final long ROW_BYTES = 256;

  private final LabelOptions options;
  private final ModelDescription model;
  private final PrintWriter out;

  private LabelRun(LabelOptions options, ModelDescription model, PrintWriter out) {
    this.options = options;
    this.model = model;
    this.out = out;
  }

  /**
   * The run that the options ask for; the checkpoint is read here, before there is a session.
   *
   * @param out for people
   * @throws ConfigurationException if the checkpoint cannot be used
   */
  public static LabelRun of(LabelOptions options, PrintWriter out) {
    options.run().require();
    options.cascade().require();
    options.drift().thresholds();
    options.incremental().dateFolder();
    options.folder();
    return new LabelRun(options, ModelCheck.describe(options.model().checkpoint()), out);
  }

  /**
   * Plans, labels and writes; a dry run only plans.
   *
   * @return the tasks whose Super Neurons drifted by more than they may
   * @throws ConfigurationException for what cannot work, before any row is labelled
   * @throws RunStoppedException if rows are left, or more rows failed than may
   */
  public List<String> run(SparkSession spark) throws IOException {
    SuperNeurons all = read(spark);
    NeuronsOfModel.require(all, options.superNeurons().source(), model, options.model().source());
    RunOptions run = options.run();
    OutputFolder output = output(spark);
    try (InputTables files = InputTables.copied(spark, options.input(), options.folder());
        Manifest manifest = Manifest.read(spark, files.files(), run.limit())) {
      LabelInput input = input(all, manifest);
      CascadeSettings cascade =
          CascadeSettings.of(options.cascade(), input.superNeurons(), model.layers());
      ModelSpec spec = spec(all, input.depth(cascade));
      ModelCheck.require(model.checkpoint(), spec);
      RunSettings settings = settings(all, cascade, manifest);
      Optional<PredictionsTable> table = table(spark, options.columns(cascade));
      RunStart start =
          new RunStart(
              spark,
              output,
              settings,
              manifest,
              new AskedRows(input.rows(), input.questions(), version(spark)),
              options.incremental().dateFolder(),
              ROW_BYTES);
      if (run.dryRun()) {
        try (RunPlan plan = start.plan(run)) {
          print(input, cascade, plan);
        }
        return List.of();
      }
      try (RunFolder folder = start.begin();
          RunPlan plan = start.plan(folder.committed(), run)) {
        print(input, cascade, plan);
        return work(spark, folder, plan, table, input, cascade, spec);
      }
    }
  }

  private LabelInput input(SuperNeurons all, Manifest manifest) {
    LabelInput input =
        LabelInput.of(manifest.tasks(), all, options.tasks(), options.input().question());
    return options.cascade().abstain().map(input::abstaining).orElse(input);
  }

  /** The tasks that drifted by more than they may. */
  private List<String> work(
      SparkSession spark,
      RunFolder folder,
      RunPlan plan,
      Optional<PredictionsTable> table,
      LabelInput input,
      CascadeSettings cascade,
      ModelSpec spec)
      throws IOException {
    RunOptions run = options.run();
    Stage stage =
        new LabelStage(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(input.superNeurons().toJson()),
            cascade,
            options.columns(cascade),
            options.incremental().dateFolder());
    Outcome outcome =
        new Waves(spark, NAME, folder, stage, out)
            .run(plan, spec, options.model(), run.maxErrors());
    DriftCheck drift =
        DriftCheck.of(input.superNeurons(), outcome.all().labels(), options.drift().thresholds());
    LabelReport report =
        new LabelReport(
            folder, plan, outcome, drift, TaskWarnings.of(input.superNeurons(), plan.contents()));
    report.print(out);
    report.write(input.superNeurons(), run.maxErrors(), out);
    if (table.isPresent() && outcome.isDone()) {
      add(table.get(), folder);
    }
    folder.end(outcome, plan);
    return drift.failed();
  }

  /** Before the folder says that the run has ended: what has ended is in the table. */
  private void add(PredictionsTable table, RunFolder folder) throws IOException {
    long rows =
        table.append(folder.output().path(), folder.madeBy(), LocalDate.now(ZoneOffset.UTC));
    out.printf("  table    %s: %s added%n", table.name(), Plural.text(rows, "row"));
  }

  /** The table to add to, which is checked. */
  private Optional<PredictionsTable> table(SparkSession spark, PredictionColumns columns) {
    Optional<PredictionsTable> table =
        options.table().map(name -> new PredictionsTable(spark, name));
    table.ifPresent(
        found -> found.require(columns.schema().getFields().stream().map(Type::getName).toList()));
    return table;
  }

  private SuperNeurons read(SparkSession spark) {
    return options.superNeurons().read(spark.sparkContext().hadoopConfiguration());
  }

  private OutputFolder output(SparkSession spark) {
    RunOptions run = options.run();
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(),
            options.folder(),
            options.incremental().existing(run.existing()));
    options.input().requireApartFrom(output);
    output.requireOutside(options.superNeurons().source());
    output.requireOutside(options.model().source());
    return output;
  }

  /** How executors open the model: in the way that the Super Neurons' activations were made. */
  private ModelSpec spec(SuperNeurons all, Depth depth) {
    return options
        .model()
        .spec(
            options.computation(all),
            depth,
            PromptOptions.of(all.prompt()),
            ImageOptions.limits(model, all.image()));
  }

  /** An incremental run has to know what each image is now; for others null. */
  private ImageVersion version(SparkSession spark) {
    return options.incremental().isAsked()
        ? ImageVersions.of(spark, options.incremental().by(), options.model().maxImageBytes())
        : null;
  }

  /**
   * Everything that changes results. Prompt and image settings are part of superneurons.json, whose
   * digest is among them; so are the thresholds that a target accuracy leads to.
   */
  private RunSettings settings(SuperNeurons all, CascadeSettings cascade, Manifest manifest) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", Map.of("fingerprint", all.model().fingerprint()));
    values.put("superneurons", Map.of("sha256", Digests.sha256(all.toJson())));
    values.putAll(options.computation(all).settings());
    values.put("question", options.input().question());
    values.put(RunSettings.ID_COLUMNS, manifest.idColumns());
    values.put(
        "incremental_by",
        options.incremental().isAsked() ? options.incremental().by().label() : null);
    values.put("cascade", options.cascade().toMap());
    options.cascade().abstain().ifPresent(below -> values.put("abstain", below));
    values.put("explain", options.columns(cascade).explains());
    return new RunSettings(NAME, values, Map.of("cascade", cascade.toFormerMap()));
  }

  private void print(LabelInput input, CascadeSettings cascade, RunPlan plan) {
    ModelLayers layers = model.layers();
    plan.print(NAME, out);
    if (plan.skipped() > 0) {
      out.printf("  skips    %s of other tasks%n", Plural.text(plan.skipped(), "row"));
    }
    if (plan.pending() > 0) {
      print(input.depth(cascade), layers);
    }
    Map<String, List<String>> warnings = TaskWarnings.of(input.superNeurons(), plan.contents());
    for (TaskSuperNeurons task : input.superNeurons().tasks()) {
      out.printf(
          "  task     %s: %s, exit after %s%n",
          task.task(), Plural.text(task.neurons().size(), "Super Neuron"), task.exitLayer());
      warnings.get(task.task()).forEach(told -> out.printf("           %s%n", told));
      if (!cascade.cascade(task).thresholds().isEmpty()) {
        out.printf("           %s%n", cascade.describe(task, layers));
      }
    }
    if (plan.pending() > 0) {
      out.printf("  writes   %s%n", options.folder());
    }
    options.table().ifPresent(name -> out.printf("  adds to  table %s%n", name));
  }

  /** How much of the model rows go through. */
  private void print(Depth depth, ModelLayers layers) {
    if (depth.answers()) {
      out.printf(
          "  opens    the whole model, for rows whose votes are close: layers 0 to %d, head%n",
          layers.decoder() - 1);
    } else {
      out.printf(
          depth.inTower()
              ? "  runs     layers 0 to %d of the vision tower, and nothing else%n"
              : "  runs     the vision tower and layers 0 to %d%n",
          depth.exitLayer().orElseThrow().number());
    }
  }
}
