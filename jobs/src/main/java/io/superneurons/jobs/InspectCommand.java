package io.superneurons.jobs;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.StoreDType;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.model.ComputeType;
import io.superneurons.model.Depth;
import io.superneurons.model.ModelException;
import io.superneurons.model.ModelOptions;
import io.superneurons.model.VisionLanguageModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a checkpoint holds and what it takes to run it. Needs no Spark session. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = "Say what a checkpoint holds and what it takes to run it.")
public final class InspectCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})[xX]([1-9]\\d{0,4})");

  @Mixin private HelpOptions help = new HelpOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face checkpoint folder, or an address such as s3a://bucket/model.")
  private String model;

  @Mixin private ModelCacheOption cache = new ModelCacheOption();

  @Option(
      names = "--image-size",
      paramLabel = "WxH",
      description = "Also say how many tokens an image of that size takes, such as 640x480.")
  private String imageSize;

  public static void main(String[] args) {
    JobMain.runAndExit(new InspectCommand(), args);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration conf = Sessions.hadoopConfiguration();
    ModelFolder folder = ModelFolder.find(conf, model, cache.folder());
    try {
      Checkpoint checkpoint = Checkpoint.open(folder.onThisHost(conf));
      ActivationLayout layout = VisionLanguageModel.layout(checkpoint);
      out.printf("inspect: %s%n", checkpoint.name());
      printModel(out, checkpoint, layout);
      printWeights(out, checkpoint.tensors().values(), layout.layers());
      if (imageSize != null) {
        printImage(out, checkpoint, parse(imageSize));
      }
    } catch (IOException | CheckpointException | ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
    out.flush();
    return 0;
  }

  private static void printModel(PrintWriter out, Checkpoint checkpoint, ActivationLayout layout) {
    String sites =
        layout.widths().entrySet().stream()
            .map(site -> "%s %,d".formatted(site.getKey(), site.getValue()))
            .collect(Collectors.joining(", "));
    SortedMap<String, Integer> types = WeightBytes.types(checkpoint.tensors().values());
    String stored =
        types.entrySet().stream()
            .map(type -> "%s (%,d tensors)".formatted(type.getKey(), type.getValue()))
            .collect(Collectors.joining(", "));
    out.printf("  folder       %s%n", checkpoint.folder());
    out.printf("  family       %s%n", VisionLanguageModel.family(checkpoint));
    out.printf("  fingerprint  %s%n", checkpoint.fingerprint());
    out.printf(
        "  layers       %,d, each with %,d attention heads%n",
        layout.layers(), VisionLanguageModel.attentionHeads(checkpoint));
    out.printf("  sites        %s%n", sites);
    out.printf(
        "  neurons      %,d, so a row of activations takes %s in float16%n",
        layout.neurons(), Bytes.text(layout.neurons() * StoreDType.FLOAT16.bytes()));
    out.printf("  parameters   %,d%n", checkpoint.parameterCount());
    out.printf("  stored as    %s, %s%n", stored, Bytes.text(checkpoint.fileBytes()));
  }

  private static void printWeights(PrintWriter out, Collection<TensorInfo> tensors, int layers) {
    WeightBytes whole = WeightBytes.ofWhole(tensors);
    out.printf("  memory for weights as stored, and in float32:%n");
    printMemory(out, "whole model", whole, whole);
    printMemory(out, "exit after layer 0", WeightBytes.upTo(0, tensors), whole);
    if (layers > 2) {
      int middle = layers / 2 - 1;
      WeightBytes half = WeightBytes.upTo(middle, tensors);
      printMemory(out, "exit after layer " + middle, half, whole);
    }
  }

  private static void printMemory(
      PrintWriter out, String run, WeightBytes weights, WeightBytes whole) {
    out.printf(
        "    %-20s %10s %10s  %3.0f%%%n",
        run,
        Bytes.text(weights.bytes()),
        Bytes.text(weights.float32()),
        100.0 * weights.elements() / whole.elements());
  }

  private static void printImage(PrintWriter out, Checkpoint checkpoint, ImageSize size) {
    ModelOptions shallow = new ModelOptions(ComputeType.AUTO, "cpu", Depth.upTo(0));
    try (VisionLanguageModel model = VisionLanguageModel.open(checkpoint, shallow)) {
      int tokens = model.prepare(RgbImage.filled(size, RgbColor.BLACK)).features();
      out.printf("  image        %d x %d: %,d tokens%n", size.width(), size.height(), tokens);
    }
  }

  private static ImageSize parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new ConfigurationException(
          "--image-size is width x height in pixels, such as 640x480, not '" + text + "'");
    }
    return new ImageSize(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
  }
}
