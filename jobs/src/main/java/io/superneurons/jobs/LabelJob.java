package io.superneurons.jobs;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.ComputeType;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Stage 3: classifies new images with only the vision tower and the decoder layers up to the exit
 * layer.
 */
@Command(
    name = "label",
    sortOptions = false,
    description = "Label images by the votes of Super Neurons, with an early exit.")
public final class LabelJob implements Callable<Integer> {
  /** A prediction with its question and votes takes about so much. */
  private static final long ROW_BYTES = 256;

  @Mixin private LabelOptions options;

  public static void main(String[] args) {
    JobMain.runAndExit(new LabelJob(), args);
  }

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = options.model().checkpoint();
    try (SparkSession spark = Sessions.open("superneurons label")) {
      SuperNeurons all = read(spark);
      refuseOtherModel(checkpoint, all.model());
      refuseUnknownNeurons(checkpoint, all);
      return run(spark, checkpoint, all, System.out);
    }
  }

  private SuperNeurons read(SparkSession spark) {
    TextFile file =
        TextFile.inFolderOrItself(
            spark.sparkContext().hadoopConfiguration(),
            options.superNeurons(),
            SuperNeurons.FILE_NAME);
    try {
      return SuperNeurons.fromJson(file.text(), file.path());
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private void refuseOtherModel(Checkpoint checkpoint, ModelIdentity expected) {
    ModelIdentity actual = ModelCheck.identity(checkpoint);
    if (!actual.fingerprint().equals(expected.fingerprint())) {
      throw new ConfigurationException(
          "%s was made with model %s (%s), but --model %s is %s (%s); its neurons mean nothing here"
              .formatted(
                  options.superNeurons(),
                  expected.name(),
                  expected.fingerprint(),
                  options.model().source(),
                  actual.name(),
                  actual.fingerprint()));
    }
  }

  private void refuseUnknownNeurons(Checkpoint checkpoint, SuperNeurons all) {
    try {
      all.requireIn(VisionLanguageModel.layout(checkpoint));
    } catch (FormatException e) {
      throw new ConfigurationException(options.superNeurons() + ": " + e.getMessage(), e);
    }
  }

  private int run(SparkSession spark, Checkpoint checkpoint, SuperNeurons all, PrintStream out)
      throws IOException {
    RunArguments run = options.run();
    IncrementalArguments incremental = options.incremental();
    DriftArguments.Thresholds thresholds = options.drift().thresholds();
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(),
            run.output(),
            incremental.existing(run.existing()));
    options.input().requireApartFrom(output);
    output.requireApartFrom(options.superNeurons());
    Manifest manifest = Manifest.read(spark, options.input(), run.limit());
    LabelInput input = LabelInput.of(manifest, all, options.tasks(), options.input().question());
    int layers = VisionLanguageModel.layout(checkpoint).layers();
    CascadeSettings cascade = options.cascade().settings(input.superNeurons(), layers);
    PredictionColumns columns = options.columns(cascade);
    ModelSpec spec =
        options
            .model()
            .spec(
                computeType(all),
                input.exitLayer(cascade),
                PromptArguments.of(all.prompt()),
                ImageArguments.limits(checkpoint, all.image()));
    ModelCheck.require(checkpoint, spec);
    RunStart start =
        new RunStart(
            spark,
            output,
            settings(all, cascade, columns),
            versioned(spark, input.manifest()),
            incremental.partition(),
            ROW_BYTES);
    if (run.dryRun()) {
      print(out, input, cascade, layers, start.plan(run));
      return CommandLine.ExitCode.OK;
    }
    try (RunFolder folder = start.begin()) {
      RunPlan plan = start.plan(folder.committed(), run);
      print(out, input, cascade, layers, plan);
      ModelTask task =
          new LabelTask(input.superNeurons().toJson(), cascade, columns, incremental.partition());
      Outcome outcome =
          new ModelRun(spark, "label", folder, task, out)
              .run(plan, spec, options.model(), run.maxErrors());
      DriftCheck drift = DriftCheck.of(input.superNeurons(), outcome.all().labels(), thresholds);
      LabelReport report = new LabelReport(output, plan, outcome, drift);
      report.print(out);
      report.write(input.superNeurons(), run.maxErrors());
      folder.end(outcome, plan);
      return drift.fails() ? DriftCheck.EXIT_CODE : CommandLine.ExitCode.OK;
    }
  }

  /** An incremental run has to know what each image is now. */
  private Manifest versioned(SparkSession spark, Manifest manifest) {
    return options.incremental().isAsked()
        ? ImageVersions.added(
            spark, manifest, options.incremental().by(), options.model().maxImageBytes())
        : manifest;
  }

  /** Everything that changes results; model, prompt and image settings are in superneurons.json. */
  private RunSettings settings(
      SuperNeurons all, CascadeSettings cascade, PredictionColumns columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", Map.of("fingerprint", all.model().fingerprint()));
    values.put("superneurons", Map.of("sha256", Digests.sha256(all.toJson())));
    values.put("dtype", computeType(all).label());
    values.put("question", options.input().question());
    values.put(
        "incremental_by",
        options.incremental().isAsked() ? options.incremental().by().label() : null);
    values.put("cascade", cascade.toMap());
    values.put("explain", columns.explains());
    return new RunSettings("label", values);
  }

  /** What was asked for, or what the neurons' thresholds were found in. */
  private ComputeType computeType(SuperNeurons all) {
    return options.dtype() == ComputeType.AUTO
        ? ComputeType.valueOf(all.computeDType().toUpperCase(Locale.ROOT))
        : options.dtype();
  }

  private void print(
      PrintStream out, LabelInput input, CascadeSettings cascade, int layers, RunPlan plan) {
    plan.print("label", out);
    if (input.skipped() > 0) {
      out.printf("  skips    %,d rows of other tasks%n", input.skipped());
    }
    int exitLayer = input.exitLayer(cascade);
    out.printf(
        exitLayer == ModelSpec.WHOLE
            ? "  opens    the whole model, for rows whose votes are close: layers 0 to %d, head%n"
            : "  runs     the vision tower and layers 0 to %d%n",
        exitLayer == ModelSpec.WHOLE ? layers - 1 : exitLayer);
    for (TaskSuperNeurons task : input.superNeurons().tasks()) {
      out.printf(
          "  task     %s: %,d Super Neurons, exit after layer %d%n",
          task.task(), task.neurons().size(), task.exitLayer());
      if (!cascade.of(task).thresholds().isEmpty()) {
        out.printf("           %s%n", CascadeArguments.describe(task, cascade, layers));
      }
    }
    out.printf("  writes   %s%n", options.run().output());
  }
}
