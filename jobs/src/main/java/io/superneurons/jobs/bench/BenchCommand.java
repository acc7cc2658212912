package io.superneurons.jobs.bench;

import io.superneurons.activation.Part;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.ImageSize;
import io.superneurons.jobs.bench.shape.PublishedShape;
import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import io.superneurons.jobs.bench.shape.StoredType;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.model.DeviceChoice;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.TowerType;
import io.superneurons.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code superneurons bench}: ratios of one run on random weights in a published shape. */
@Command(
    name = "bench",
    description =
        "Times the vision tower, labelling with an early exit, the first token, an answer and the"
            + " extraction of all sites, beside Hugging Face transformers where Python has it.")
public final class BenchCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Option(
      names = "--shape",
      required = true,
      paramLabel = "NAME",
      description =
          "Shape: llava-1.5-7b, qwen3-vl-2b, smolvlm-500m, qwen3.5-2b, gemma-3-4b,"
              + " internvl3-2b, or tiny for a trial.")
  private String shape;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "0",
      description = "Write only the first N decoder layers; 0 writes all.")
  private int layers;

  @Option(
      names = "--checkpoint-dtype",
      paramLabel = "bfloat16|float16",
      defaultValue = "bfloat16",
      description = "Type of the weights that are written. Default: ${DEFAULT-VALUE}.")
  private StoredType checkpointDtype;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Keep the checkpoint there, or use the one that is there; without this it is temporary.")
  private Path folder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the weights. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--passes",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "prepare,vision-tower,label,label-sites,first-token,answer,extract",
      description = "What is measured. Default: ${DEFAULT-VALUE}.")
  private List<String> passes;

  @Option(
      names = "--exit-layer",
      paramLabel = "N",
      defaultValue = "0",
      description = "Last layer that labelling runs. Default: ${DEFAULT-VALUE}.")
  private int exitLayer;

  @Option(
      names = "--neurons",
      paramLabel = "SITE:N,...",
      defaultValue = "attn_z:8,mlp_post:8",
      description =
          "Neurons of the exit layer that labelling reads, spread over their sites. Default:"
              + " ${DEFAULT-VALUE}.")
  private String neurons;

  @Option(
      names = "--exit-tower-layer",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Layer of the vision tower that the pass label-tower ends with. Default:"
              + " ${DEFAULT-VALUE}.")
  private int exitTowerLayer;

  @Option(
      names = "--tower-neurons",
      paramLabel = "SITE:N,...",
      defaultValue = "vision_attn_z_mean:8,vision_mlp_post_mean:8",
      description =
          "Neurons of that layer that label-tower reads, spread over their sites. Default:"
              + " ${DEFAULT-VALUE}.")
  private String towerNeurons;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images of a pass, on both sides. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "6",
      description = "Questions that share an image. Default: ${DEFAULT-VALUE}.")
  private int questions;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "4",
      description = "Length of an answer, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens;

  @Option(
      names = "--image-size",
      paramLabel = "WIDTHxHEIGHT",
      defaultValue = "640x480",
      description = "Size of the image before it is prepared. Default: ${DEFAULT-VALUE}.")
  private String imageSize;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "Ask about this image instead of one that is made in --image-size.")
  private Path image;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of every pass that are measured. Default: ${DEFAULT-VALUE}.")
  private int repetitions;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs before them that are not. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of one operation, on both sides; 0 takes all cores.")
  private int threads;

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description = "What both sides compute in. Default: ${DEFAULT-VALUE}.")
  private ComputeType dtype;

  @Option(
      names = "--tower-dtype",
      paramLabel = "auto|int8",
      defaultValue = "auto",
      description =
          "What this side computes the products of the vision tower's layers in; auto is --dtype."
              + " Default: ${DEFAULT-VALUE}.")
  private TowerType towerDType;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda",
      defaultValue = "auto",
      description = "Where both sides run. Default: ${DEFAULT-VALUE}.")
  private DeviceChoice device;

  @Option(
      names = "--python",
      paramLabel = "auto|none|PROGRAM",
      defaultValue = "auto",
      description =
          "Python for Hugging Face's side; auto takes python3 if it imports torch, torchvision and"
              + " transformers.")
  private String python;

  @Option(names = "--output", paramLabel = "FILE", description = "Also write the result as JSON.")
  private Path output;

  public static void main(String[] args) {
    JobMain.runAndExit(new BenchCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    RandomCheckpoint checkpoint;
    TestImage asked;
    BenchPlan plan;
    Bench bench;
    try {
      checkpoint = checkpoint();
      asked = image == null ? TestImage.waves(imageSize()) : TestImage.of(image);
      plan = plan(asked);
      bench = new Bench(checkpoint, plan, options(), System.err);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
    requireNewOutput();
    requireTower();
    Torch.setThreads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    try (WorkFolder work = WorkFolder.temporary("superneurons-bench")) {
      Path target = written(checkpoint, work.path());
      requireInModel(plan, target);
      BenchResult result = bench.run(target, work.path(), asked, python);
      BenchTable.of(result).forEach(command.commandLine().getOut()::println);
      command.commandLine().getOut().flush();
      if (output != null) {
        Files.writeString(output, result.json());
      }
      return 0;
    }
  }

  private RandomCheckpoint checkpoint() {
    PublishedShape published = PublishedShape.of(shape);
    int written = layers == 0 ? RandomCheckpoint.publishedLayers(published) : layers;
    return new RandomCheckpoint(published, written, checkpointDtype, seed);
  }

  private ImageSize imageSize() {
    String[] sides = imageSize.split("x", 2);
    if (sides.length != 2 || !imageSize.matches("\\d{1,5}x\\d{1,5}")) {
      throw new IllegalArgumentException("--image-size must be such as 640x480, not " + imageSize);
    }
    return new ImageSize(Integer.parseInt(sides[1]), Integer.parseInt(sides[0]));
  }

  private BenchPlan plan(TestImage asked) {
    Set<Pass> measured = passes.stream().map(Pass::of).collect(Collectors.toSet());
    return new BenchPlan(
        measured,
        exitLayer,
        ChosenNeurons.parse(Part.DECODER, neurons),
        exitTowerLayer,
        ChosenNeurons.parse(Part.TOWER, towerNeurons),
        images,
        questions,
        maxNewTokens,
        repetitions,
        warmUp,
        asked.size(),
        asked.format());
  }

  private static void requireInModel(BenchPlan plan, Path checkpoint) {
    try {
      plan.requireIn(ModelDescription.of(Checkpoint.open(checkpoint)).layout());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private ModelOptions options() {
    return ModelOptions.whole(dtype, device.resolve()).withTower(towerDType);
  }

  private void requireTower() {
    try {
      towerDType.require(device.resolve());
    } catch (ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private void requireNewOutput() {
    if (output != null && Files.exists(output) && common.existing() == Existing.REFUSE) {
      throw new ConfigurationException(
          output + " exists; give another --output or add --overwrite");
    }
  }

  private Path written(RandomCheckpoint checkpoint, Path work) throws IOException {
    Path target = folder == null ? work.resolve("checkpoint") : folder;
    System.err.println("Checkpoint in " + target);
    try {
      checkpoint.writeTo(target);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
    return target;
  }
}
