package io.superneurons.jobs.model;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the jobs that run the model. */
@HelpGroup(value = "The model", example = "--model llava-1.5-7b --device cpu")
public final class CheckpointOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "Hugging Face checkpoint folder: a local one, at the same path on every executor, or an"
              + " address such as s3a://bucket/model, which every host fetches once.")
  private String model;

  @Mixin private CacheOption cache = new CacheOption();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda",
      defaultValue = "auto",
      description =
          "Where the model runs; auto takes the GPU that Spark gave the task. Default:"
              + " ${DEFAULT-VALUE}.")
  private DeviceChoice device;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "8",
      description = "Rows in one pass; results do not depend on it. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--max-image-pixels",
      paramLabel = "N",
      defaultValue = "100000000",
      description =
          "Images with more pixels, by their header, are error rows. Default: ${DEFAULT-VALUE}.")
  private long maxImagePixels;

  @Option(
      names = "--max-image-bytes",
      paramLabel = "N",
      defaultValue = "67108864",
      description = "Larger image files are error rows. Default: ${DEFAULT-VALUE}.")
  private long maxImageBytes;

  private ModelFolder folder;

  /** The checkpoint, fetched if need be, read and checked on the driver before any work. */
  public Checkpoint checkpoint() {
    batchSize(); // refused before a model is fetched
    Configuration conf = Sessions.hadoopConfiguration();
    folder = ModelFolder.find(conf, model, cache.folder());
    try {
      return Checkpoint.open(folder.onThisHost(conf));
    } catch (IOException | CheckpointException | ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /** Where the checkpoint comes from. */
  public String source() {
    return folder.source();
  }

  public int batchSize() {
    if (batchSize < 1) {
      throw new ConfigurationException("--batch-size must be at least 1, not " + batchSize);
    }
    return batchSize;
  }

  public long maxImageBytes() {
    return maxImageBytes;
  }

  /**
   * What the executors open, with these prompts and limits of images' size; after {@link
   * #checkpoint()}.
   */
  public ModelSpec spec(
      Computation computation, Depth depth, PromptOptions prompt, SizeLimits limits) {
    return new ModelSpec(
        folder,
        computation,
        device,
        depth,
        prompt.systemPrompt(),
        prompt.template(),
        prompt.suffix(),
        prompt.thinking(),
        limits,
        maxImagePixels);
  }
}
