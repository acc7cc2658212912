package io.superneurons.jobs;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.ModelException;
import io.superneurons.model.VisionLanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import scala.reflect.ClassTag$;

/**
 * Stage 1: runs the model once per image-question pair and writes the activations of the last
 * prompt position, of every layer, to Parquet.
 */
@Command(
    name = "extract",
    sortOptions = false,
    description = "Run a model over image-question pairs and write its activations to Parquet.")
public final class ExtractJob implements Callable<Integer> {
  /** Rows in a task where --partitions does not say: a task is what a retry repeats. */
  private static final int ROWS_PER_TASK = 256;

  @Mixin private ExtractOptions options;

  public static void main(String[] args) {
    JobMain.runAndExit(new ExtractJob(), args);
  }

  @Override
  public Integer call() throws IOException {
    Checkpoint checkpoint = options.model().checkpoint();
    ActivationLayout layout = captured(checkpoint);
    try (SparkSession spark = Sessions.open("superneurons extract")) {
      run(spark, checkpoint, layout, System.out);
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
      SparkSession spark, Checkpoint checkpoint, ActivationLayout layout, PrintStream out)
      throws IOException {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Manifest manifest = Manifest.read(spark, options.input(), options.limit());
    int partitions = partitions(spark, manifest);
    plan(out, checkpoint, layout, manifest, partitions);
    OutputFolder output = OutputFolder.create(conf, options.output(), options.existing());
    String run = Long.toString(System.currentTimeMillis());
    TaskOutput.begin(conf, output.path(), run);
    try (Progress progress = Progress.start(spark, "extract", manifest.rowCount(), out)) {
      ExtractTask task = task(spark, conf, manifest, layout, output, run, progress);
      TaskCounts counts =
          manifest
              .partitioned(partitions)
              .javaRDD()
              .mapPartitionsWithIndex(task, true)
              .collect()
              .stream()
              .reduce(TaskCounts.none(), TaskCounts::plus);
      TaskOutput.commitAll(conf, output.path(), run);
      output.write(ActivationsMetadata.FILE_NAME, metadata(checkpoint, layout, counts).toJson());
      summary(out, output, counts, progress.seconds());
    } catch (RuntimeException e) {
      TaskOutput.abortAll(conf, output.path(), run);
      throw e;
    }
  }

  private int partitions(SparkSession spark, Manifest manifest) {
    if (options.partitions() > 0) {
      return options.partitions();
    }
    long bySize = (manifest.rowCount() + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    long byCores = Math.min(spark.sparkContext().defaultParallelism(), manifest.imageCount());
    return Math.toIntExact(Math.max(1, Math.max(bySize, byCores)));
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

  private ExtractTask task(
      SparkSession spark,
      Configuration conf,
      Manifest manifest,
      ActivationLayout layout,
      OutputFolder output,
      String run,
      Progress progress) {
    int deepest = layout.captured().get(layout.captured().size() - 1);
    int exitLayer = options.maxNewTokens() > 0 ? -1 : deepest;
    return new ExtractTask(
        spark
            .sparkContext()
            .broadcast(
                new SerializableConfiguration(conf),
                ClassTag$.MODULE$.apply(SerializableConfiguration.class)),
        options.model().spec(options.dtype(), exitLayer, options.prompt()),
        manifest.folder(),
        options.model().maxImageBytes(),
        options.model().batchSize(),
        layout,
        options.storeDType(),
        options.maxNewTokens(),
        options.onError(),
        output.path().toString(),
        run,
        progress.rows());
  }

  private ActivationsMetadata metadata(
      Checkpoint checkpoint, ActivationLayout layout, TaskCounts counts) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put(
        "processor", checkpoint.imageProcessorConfig().string("image_processor_type", "default"));
    return new ActivationsMetadata(
        identity(checkpoint),
        layout,
        VisionLanguageModel.attentionHeads(checkpoint),
        options.storeDType(),
        counts.computeType() == null ? "unknown" : counts.computeType(),
        options.prompt().toMap(),
        image,
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
