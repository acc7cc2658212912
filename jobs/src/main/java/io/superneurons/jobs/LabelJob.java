package io.superneurons.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.ComputeType;
import io.superneurons.model.ModelException;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
      run(spark, checkpoint, all, System.out);
    }
    return 0;
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
    ModelIdentity actual;
    try {
      actual = ExtractJob.identity(checkpoint);
    } catch (ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
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

  private void run(SparkSession spark, Checkpoint checkpoint, SuperNeurons all, PrintStream out)
      throws IOException {
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), options.output(), options.existing());
    options.input().requireApartFrom(output);
    output.requireApartFrom(options.superNeurons());
    Manifest manifest = Manifest.read(spark, options.input(), options.limit());
    LabelInput input = LabelInput.of(manifest, all, options.tasks(), options.input().question());
    int partitions = ModelRun.partitions(spark, input.manifest(), options.partitions());
    int exitLayer = input.exitLayer();
    plan(out, input, partitions, exitLayer);
    String json = input.superNeurons().toJson();
    ModelSpec spec =
        options
            .model()
            .spec(
                computeType(all),
                exitLayer,
                PromptArguments.of(all.prompt()),
                ImageArguments.limits(checkpoint, all.image()));
    ModelCheck.require(checkpoint, spec);
    ModelRun.Outcome outcome =
        new ModelRun(spark, "label", input.manifest(), output, out)
            .run(partitions, spec, options.model(), work -> new LabelTask(work, json));
    summary(spark, out, output, outcome, input.skipped());
  }

  /** What was asked for, or what the neurons' thresholds were found in. */
  private ComputeType computeType(SuperNeurons all) {
    return options.dtype() == ComputeType.AUTO
        ? ComputeType.valueOf(all.computeDType().toUpperCase(Locale.ROOT))
        : options.dtype();
  }

  private void plan(PrintStream out, LabelInput input, int partitions, int exitLayer) {
    Manifest manifest = input.manifest();
    out.printf(
        "label: %,d rows on %,d images for %,d tasks, in %,d partitions%n",
        manifest.rowCount(), manifest.imageCount(), manifest.taskCount(), partitions);
    if (input.skipped() > 0) {
      out.printf("  skips    %,d rows of other tasks%n", input.skipped());
    }
    out.printf("  runs     the vision tower and layers 0 to %d%n", exitLayer);
    for (TaskSuperNeurons task : input.superNeurons().tasks()) {
      out.printf(
          "  task     %s: %,d Super Neurons, exit after layer %d%n",
          task.task(), task.neurons().size(), task.exitLayer());
    }
    out.printf("  writes   %s%n", options.output());
  }

  private static void summary(
      SparkSession spark,
      PrintStream out,
      OutputFolder output,
      ModelRun.Outcome outcome,
      long skipped) {
    TaskCounts counts = outcome.counts();
    out.printf(
        "label: %,d rows done, %,d failed, %,d skipped, in %s (%.1f rows/s)%n",
        counts.rows(),
        counts.errors(),
        skipped,
        Progress.duration(outcome.seconds()),
        counts.rows() / outcome.seconds());
    out.printf("  predictions %s%n", output.path());
    for (Row task : accuracies(spark, output)) {
      out.printf(
          "  %s: %.3f of %,d labelled rows right%n",
          task.getString(0), task.getDouble(2), task.getLong(1));
    }
  }

  /** Task, labelled rows and accuracy, of tasks with labelled rows. */
  private static List<Row> accuracies(SparkSession spark, OutputFolder output) {
    return spark
        .read()
        .parquet(output.path().toString())
        .where("label is not null and prediction is not null")
        .groupBy("task")
        .agg(count("*"), avg(when(col("label").equalTo(col("prediction")), 1.0).otherwise(0.0)))
        .orderBy("task")
        .collectAsList();
  }
}
