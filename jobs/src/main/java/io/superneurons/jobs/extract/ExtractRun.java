package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.cli.Bytes;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.manifest.Manifest;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.pass.RunTokens;
import io.superneurons.jobs.run.AskedRows;
import io.superneurons.jobs.run.FailedRows;
import io.superneurons.jobs.run.Outcome;
import io.superneurons.jobs.run.RunFolder;
import io.superneurons.jobs.run.RunOptions;
import io.superneurons.jobs.run.RunPlan;
import io.superneurons.jobs.run.RunSettings;
import io.superneurons.jobs.run.RunStart;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.jobs.run.Waves;
import io.superneurons.jobs.source.ClassFolders;
import io.superneurons.jobs.source.InputTables;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.Depth;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** One run of extract: what is captured of which model, and what is written and said of it. */
public final class ExtractRun {
  private static final String NAME = "extract";

  /** Class folders that are named for each thing that is odd about them. */
  private static final int FOLDERS = 5;

  private final ExtractOptions options;
  private final ModelDescription model;
  private final ActivationLayout layout;
  private final SizeLimits limits;
  private final PrintWriter out;

  private ExtractRun(
      ExtractOptions options,
      ModelDescription model,
      ActivationLayout layout,
      SizeLimits limits,
      PrintWriter out) {
    this.options = options;
    this.model = model;
    this.layout = layout;
    this.limits = limits;
    this.out = out;
  }

  /**
   * The run that the options ask for; the checkpoint is read here, before there is a session.
   *
   * @param out for people
   * @throws ConfigurationException if the checkpoint cannot be used, or lacks a layer or site that
   *     is to be captured
   */
  public static ExtractRun of(ExtractOptions options, PrintWriter out) {
    options.run().require();
    if (options.run().output().startsWith(InputTables.TABLE)) {
      throw new ConfigurationException(
          "extract writes activations to a folder, not to a table; label writes tables");
    }
    options.maxNewTokens(); // refused before work, as all options are
    ModelDescription model = ModelCheck.describe(options.model().checkpoint());
    ActivationLayout layout = options.captured(model.layout());
    return new ExtractRun(options, model, layout, options.image().limits(model), out);
  }

  /**
   * Plans, computes and writes; a dry run only plans.
   *
   * @throws ConfigurationException for what cannot work, before any row is computed
   * @throws RunStoppedException if rows are left, or more rows failed than may
   */
  public void run(SparkSession spark) throws IOException {
    RunOptions run = options.run();
    OutputFolder output = output(spark);
    try (InputTables input = InputTables.copied(spark, options.input(), run.output());
        Manifest manifest = Manifest.read(spark, input.files(), run.limit())) {
      manifest.requireQuestions(options.input());
      Supplier<Optional<String>> hint = () -> manifest.lookAlike(FieldColumns.LABEL);
      ModelSpec spec = spec();
      PassCost cost = ModelCheck.require(model.checkpoint(), spec);
      RunStart start =
          new RunStart(
              spark, output, settings(manifest), manifest, AskedRows.all(), "", rowBytes());
      if (run.dryRun()) {
        try (RunPlan plan = start.plan(run)) {
          print(spark, manifest, plan, hint);
        }
        return;
      }
      try (RunFolder folder = start.begin();
          RunPlan plan = start.plan(folder.committed(), run)) {
        print(spark, manifest, plan, hint);
        work(spark, folder, plan, spec, cost);
      }
    }
  }

  private void work(
      SparkSession spark, RunFolder folder, RunPlan plan, ModelSpec spec, PassCost cost)
      throws IOException {
    RunOptions run = options.run();
    OutputFolder output = folder.output();
    Stage stage =
        new ExtractStage(layout, options.storeDType(), options.maxNewTokens(), options.onError());
    Outcome outcome =
        new Waves(spark, NAME, folder, stage, out)
            .run(plan, spec, options.model(), run.maxErrors());
    folder.write(ActivationsMetadata.FILE_NAME, metadata(cost, outcome.all()).toJson());
    summary(output, plan, outcome);
    if (options.input().takesFoldersForLabels() && outcome.all().rows() > 0) {
      SeveralLabels.byContent(spark, output).ifPresent(this::printTwice);
    }
    folder.write(
        RunSummary.FILE_NAME,
        RunSummary.of(NAME, plan, outcome, run.maxErrors(), input(spark), null).toJson());
    folder.end(outcome, plan);
  }

  private List<String> input(SparkSession spark) {
    return options.input().arguments(spark.sparkContext().hadoopConfiguration());
  }

  private OutputFolder output(SparkSession spark) {
    RunOptions run = options.run();
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), run.output(), run.existing());
    options.input().requireApartFrom(output);
    output.requireOutside(options.model().source());
    return output;
  }

  /** How executors open the model: no deeper than what is captured, unless it is to answer. */
  private ModelSpec spec() {
    ModelLayer deepest = layout.captured().get(layout.captured().size() - 1);
    Depth depth = options.maxNewTokens() > 0 ? Depth.full() : Depth.upTo(deepest);
    return options.model().spec(options.computation(), depth, options.prompt(), limits);
  }

  /** Everything that changes results. */
  private RunSettings settings(Manifest manifest) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", Map.of("fingerprint", model.checkpoint().fingerprint()));
    values.put("sites", layout.sites().stream().map(Site::label).toList());
    values.put("layers", layout.decoder().captured());
    if (!layout.tower().captured().isEmpty()) {
      values.put("tower_layers", layout.tower().captured());
    }
    values.putAll(options.computation().settings());
    values.put("store_dtype", options.storeDType().label());
    values.put("max_new_tokens", options.maxNewTokens());
    values.put("question", options.input().question());
    values.put(RunSettings.ID_COLUMNS, manifest.idColumns());
    values.put("prompt", options.prompt().toMap());
    values.put("image", ImageOptions.toMap(model, limits));
    return new RunSettings(NAME, values, Map.of());
  }

  private long rowBytes() {
    return layout.neurons() * options.storeDType().bytes();
  }

  private void print(
      SparkSession spark, Manifest manifest, RunPlan plan, Supplier<Optional<String>> labelHint)
      throws IOException {
    plan.print(NAME, out);
    new RowsOverview(plan.contents(), labelHint).print(out);
    if (options.input().takesFoldersForLabels()) {
      printFolders(ClassFolders.of(spark.sparkContext().hadoopConfiguration(), manifest.parts()));
      SeveralLabels.byName(plan.rows().rows()).ifPresent(this::printTwice);
    }
    out.printf(
        "  model    %s (%s, %d layers, %,d parameters)%n",
        model.checkpoint().name(),
        model.family(),
        layout.layers(),
        model.checkpoint().parameterCount());
    out.printf(
        "  captures %,d neurons per row: %s of %s%n",
        layout.neurons(), Plural.text(layout.captured().size(), "layer"), layout.sites());
    if (plan.pending() > 0) {
      out.printf(
          "  writes   %s to %s%n", Bytes.text(plan.pending() * rowBytes()), options.run().output());
    }
  }

  private void printFolders(ClassFolders folders) {
    if (!folders.empty().isEmpty()) {
      out.printf(
          "  empty    %s without an image, so no label: %s%n",
          Plural.text(folders.empty().size(), "class folder"),
          first(folders.empty().stream().map(ClassFolders.Folder::name).toList()));
    }
    if (!folders.hidden().isEmpty()) {
      out.printf(
          "  hidden   %s passed over for names that begin with _ or .: %s%n",
          Plural.text(folders.hidden().size(), "folder"),
          first(folders.hidden().stream().map(ClassFolders.Folder::counted).toList()));
    }
  }

  private static String first(List<String> folders) {
    return String.join(", ", folders.subList(0, Math.min(FOLDERS, folders.size())))
        + (folders.size() > FOLDERS ? " and others" : "");
  }

  private void printTwice(String told) {
    out.printf("  twice    %s%n", told);
  }

  private ActivationsMetadata metadata(PassCost cost, RowCounts counts) {
    return new ActivationsMetadata(
        ModelCheck.identity(model),
        layout,
        model.attentionHeads(),
        options.storeDType(),
        counts.computeType() == null ? "unknown" : counts.computeType(),
        options.prompt().toMap(),
        ImageOptions.toMap(model, limits),
        counts.rows(),
        counts.errorCount(),
        counts.saturated(),
        counts.nan(),
        cost,
        costOfRows(counts.effort().run()));
  }

  /** Of the mean row; null where none was run by a version that counts tokens. */
  private PassCost costOfRows(RunTokens run) {
    return run.rows() == 0
        ? null
        : model.meanCost((double) run.tower() / run.rows(), (double) run.prompt() / run.rows());
  }

  private void summary(OutputFolder output, RunPlan plan, Outcome outcome) throws IOException {
    outcome.print(NAME, plan, out);
    if (outcome.counts().errorCount() > 0) {
      FailedRows.print(output, out);
    }
    out.printf("  activations %s%n", output.path());
    RowCounts all = outcome.all();
    if (all.errorCount() > 0) {
      out.printf("  failed rows %s/%s%n", output.path(), OutputFolder.ERRORS);
    }
    long saturated = all.saturated().values().stream().mapToLong(Long::longValue).sum();
    if (saturated > 0) {
      out.printf(
          "  values beyond float16's range, stored as its largest: %,d, %s%n",
          saturated, all.saturated());
    }
  }
}
