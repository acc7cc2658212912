package io.superneurons.jobs;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.PixelLimits;
import io.superneurons.model.ModelException;
import io.superneurons.model.VisionLanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Stage 1: runs the model once per image-question pair and writes the activations of the last
 * prompt position, of every layer, to Parquet.
 */
@Command(
    name = "extract",
    sortOptions = false,
    description = "Run a model over image-question pairs and write its activations to Parquet.")
public final class ExtractJob implements Callable<Integer> {
  @Mixin private ExtractOptions options;

  public static void main(String[] args) {
    JobMain.runAndExit(new ExtractJob(), args);
  }

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = options.model().checkpoint();
    ActivationLayout layout = captured(checkpoint);
    PixelLimits pixels = options.image().limits(checkpoint);
    try (SparkSession spark = Sessions.open("superneurons extract")) {
      run(spark, checkpoint, layout, pixels, System.out);
    }
    return 0;
  }

  private ActivationLayout captured(Checkpoint checkpoint) {
    try {
      return options.captured(VisionLanguageModel.layout(checkpoint));
    } catch (ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private void run(
      SparkSession spark,
      Checkpoint checkpoint,
      ActivationLayout layout,
      PixelLimits pixels,
      PrintStream out)
      throws IOException {
    RunArguments run = options.run();
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), run.output(), run.existing());
    options.input().requireApartFrom(output);
    output.requireApartFrom(options.model().source());
    Manifest manifest = Manifest.read(spark, options.input(), run.limit());
    manifest.requireQuestions(options.input());
    int deepest = layout.captured().get(layout.captured().size() - 1);
    int exitLayer = options.maxNewTokens() > 0 ? ModelSpec.WHOLE : deepest;
    ModelSpec spec = options.model().spec(options.dtype(), exitLayer, options.prompt(), pixels);
    PassCost cost = ModelCheck.require(checkpoint, spec);
    RunStart start =
        new RunStart(
            spark, output, settings(checkpoint, layout, pixels), manifest, "", rowBytes(layout));
    if (run.dryRun()) {
      print(out, checkpoint, layout, start.plan(run));
      return;
    }
    try (RunFolder folder = start.begin()) {
      RunPlan plan = start.plan(folder.committed(), run);
      print(out, checkpoint, layout, plan);
      ModelTask task =
          new ExtractTask(layout, options.storeDType(), options.maxNewTokens(), options.onError());
      Outcome outcome =
          new ModelRun(spark, "extract", folder, task, out)
              .run(plan, spec, options.model(), run.maxErrors());
      ActivationsMetadata metadata = metadata(checkpoint, layout, pixels, cost, outcome.all());
      output.write(ActivationsMetadata.FILE_NAME, metadata.toJson());
      summary(out, output, plan, outcome);
      output.write(
          RunSummary.FILE_NAME,
          RunSummary.of("extract", plan, outcome, run.maxErrors(), null).toJson());
      folder.end(outcome, plan);
    }
  }

  /** Everything that changes results. */
  private RunSettings settings(Checkpoint checkpoint, ActivationLayout layout, PixelLimits pixels) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", Map.of("fingerprint", checkpoint.fingerprint()));
    values.put("sites", layout.widths().keySet().stream().map(Site::label).toList());
    values.put("layers", layout.captured());
    values.put("dtype", options.dtype().label());
    values.put("store_dtype", options.storeDType().label());
    values.put("max_new_tokens", options.maxNewTokens());
    values.put("question", options.input().question());
    values.put("prompt", options.prompt().toMap());
    values.put("image", ImageArguments.toMap(checkpoint, pixels));
    return new RunSettings("extract", values);
  }

  private long rowBytes(ActivationLayout layout) {
    return layout.neurons() * options.storeDType().bytes();
  }

  private void print(
      PrintStream out, Checkpoint checkpoint, ActivationLayout layout, RunPlan plan) {
    plan.print("extract", out);
    out.printf(
        "  model    %s (%s, %d layers, %,d parameters)%n",
        checkpoint.name(),
        VisionLanguageModel.family(checkpoint),
        layout.layers(),
        checkpoint.parameterCount());
    out.printf(
        "  captures %,d neurons a row: %d layers of %s%n",
        layout.neurons(), layout.captured().size(), layout.widths().keySet());
    out.printf(
        "  writes   %s to %s%n",
        Bytes.text(plan.pending().rowCount() * rowBytes(layout)), options.run().output());
  }

  private ActivationsMetadata metadata(
      Checkpoint checkpoint,
      ActivationLayout layout,
      PixelLimits pixels,
      PassCost cost,
      TaskCounts counts) {
    return new ActivationsMetadata(
        ModelCheck.identity(checkpoint),
        layout,
        VisionLanguageModel.attentionHeads(checkpoint),
        options.storeDType(),
        counts.computeType() == null ? "unknown" : counts.computeType(),
        options.prompt().toMap(),
        ImageArguments.toMap(checkpoint, pixels),
        counts.rows(),
        counts.errorCount(),
        counts.saturated(),
        counts.nan(),
        cost);
  }

  private void summary(PrintStream out, OutputFolder output, RunPlan plan, Outcome outcome) {
    outcome.print("extract", plan, out);
    out.printf("  activations %s%n", output.path());
    TaskCounts all = outcome.all();
    if (all.errorCount() > 0) {
      out.printf("  failed rows %s/%s%n", output.path(), OutputFolder.ERRORS);
    }
    long saturated = all.saturated().values().stream().mapToLong(Long::longValue).sum();
    if (saturated > 0) {
      out.printf(
          "  %,d values were beyond float16's range and are stored as its largest: %s%n",
          saturated, all.saturated());
    }
  }
}
