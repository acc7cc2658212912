package io.superneurons.jobs;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.PixelLimits;
import io.superneurons.model.ModelException;
import io.superneurons.model.VisionLanguageModel;
import java.io.IOException;
import java.io.PrintStream;
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
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), options.output(), options.existing());
    options.input().requireApartFrom(output);
    output.requireApartFrom(options.model().source());
    Manifest manifest = Manifest.read(spark, options.input(), options.limit());
    manifest.requireQuestions(options.input());
    int partitions = ModelRun.partitions(spark, manifest, options.partitions());
    plan(out, checkpoint, layout, manifest, partitions);
    int deepest = layout.captured().get(layout.captured().size() - 1);
    int exitLayer = options.maxNewTokens() > 0 ? ModelSpec.WHOLE : deepest;
    ModelSpec spec = options.model().spec(options.dtype(), exitLayer, options.prompt(), pixels);
    ModelCheck.require(checkpoint, spec);
    ModelRun.Outcome outcome =
        new ModelRun(spark, "extract", manifest, output, out)
            .run(
                partitions,
                spec,
                options.model(),
                work ->
                    new ExtractTask(
                        work,
                        layout,
                        options.storeDType(),
                        options.maxNewTokens(),
                        options.onError()));
    ActivationsMetadata metadata = metadata(checkpoint, layout, pixels, outcome.counts());
    output.write(ActivationsMetadata.FILE_NAME, metadata.toJson());
    summary(out, output, outcome.counts(), outcome.seconds());
  }

  private void plan(
      PrintStream out,
      Checkpoint checkpoint,
      ActivationLayout layout,
      Manifest manifest,
      int partitions) {
    long bytes = manifest.rowCount() * layout.neurons() * options.storeDType().bytes();
    out.printf(
        "extract: %,d rows on %,d images for %,d tasks, in %,d partitions%n",
        manifest.rowCount(), manifest.imageCount(), manifest.taskCount(), partitions);
    out.printf(
        "  model    %s (%s, %d layers, %,d parameters)%n",
        checkpoint.name(),
        VisionLanguageModel.family(checkpoint),
        layout.layers(),
        checkpoint.parameterCount());
    out.printf(
        "  captures %,d neurons a row: %d layers of %s%n",
        layout.neurons(), layout.captured().size(), layout.widths().keySet());
    out.printf("  writes   %s to %s%n", Bytes.text(bytes), options.output());
  }

  private ActivationsMetadata metadata(
      Checkpoint checkpoint, ActivationLayout layout, PixelLimits pixels, TaskCounts counts) {
    return new ActivationsMetadata(
        identity(checkpoint),
        layout,
        VisionLanguageModel.attentionHeads(checkpoint),
        options.storeDType(),
        counts.computeType() == null ? "unknown" : counts.computeType(),
        options.prompt().toMap(),
        ImageArguments.toMap(checkpoint, pixels),
        counts.rows(),
        counts.errors(),
        counts.saturated(),
        counts.nan());
  }

  static ModelIdentity identity(Checkpoint checkpoint) {
    return new ModelIdentity(
        checkpoint.name(), VisionLanguageModel.family(checkpoint), checkpoint.fingerprint());
  }

  private void summary(PrintStream out, OutputFolder output, TaskCounts counts, double seconds) {
    out.printf(
        "extract: %,d rows done, %,d failed, in %s (%.1f rows/s)%n",
        counts.rows(), counts.errors(), Progress.duration(seconds), counts.rows() / seconds);
    out.printf("  activations %s%n", output.path());
    if (counts.errors() > 0) {
      out.printf("  failed rows %s/%s%n", output.path(), ActivationsWriter.ERRORS);
    }
    long saturated = counts.saturated().values().stream().mapToLong(Long::longValue).sum();
    if (saturated > 0) {
      out.printf(
          "  %,d values were beyond float16's range and are stored as its largest: %s%n",
          saturated, counts.saturated());
    }
  }
}
