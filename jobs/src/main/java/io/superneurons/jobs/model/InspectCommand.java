package io.superneurons.jobs.model;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.LayerVector;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.Part;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.cli.Bytes;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpOptions;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.ModelTensors;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  /** Memory of a process that runs the smallest model there is. */
  private static final long PROCESS_BYTES = 300_000_000;

  @Mixin private HelpOptions help = new HelpOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face checkpoint folder, or an address such as s3a://bucket/model.")
  private String model;

  @Mixin private CacheOption cache = new CacheOption();

  @Mixin private ImageOptions image = new ImageOptions();

  @Option(
      names = "--image-size",
      paramLabel = "WxH",
      defaultValue = "640x480",
      description =
          "Size of the images whose tokens and memory are shown. Default: ${DEFAULT-VALUE}.")
  private String imageSize;

  @Option(
      names = "--exit-layer",
      paramLabel = "N|vN",
      description =
          "Show the memory of a run that ends after that layer: N of the decoder, vN of the vision"
              + " tower. Default: the first layer of the decoder, and the middle ones of both.")
  private String exitLayer;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "8",
      description = "Rows in one pass whose memory is shown. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description =
          "Type that the model computes in; auto as on this machine's CPU. Default:"
              + " ${DEFAULT-VALUE}.")
  private ComputeType dtype;

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
      ModelDescription described = ModelDescription.of(checkpoint);
      SizeLimits limits = image.limits(described);
      List<Depth> depths = depths(described.layers());
      ImageSize size = parse(imageSize);
      requirePositiveBatch();
      out.printf("inspect: %s%n", checkpoint.name());
      printModel(out, described);
      ModelOptions shallow =
          ModelOptions.whole(ComputeType.stored(checkpoint), "cpu")
              .withDepth(Depth.upTo(0))
              .withLimits(limits);
      try (VisionLanguageModel opened = VisionLanguageModel.open(checkpoint, shallow)) {
        ImageInput input = opened.prepare(RgbImage.filled(size, RgbColor.BLACK));
        out.printf(
            "  image        %d x %d: %,d tokens%n", size.width(), size.height(), input.features());
        printMemory(out, opened, input, depths);
      }
    } catch (IOException | CheckpointException | ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
    out.flush();
    return 0;
  }

  private static void printModel(PrintWriter out, ModelDescription model) {
    Checkpoint checkpoint = model.checkpoint();
    ActivationLayout layout = model.layout().only(Part.DECODER);
    SortedMap<String, Integer> types = ModelTensors.of(checkpoint).types();
    String stored =
        types.entrySet().stream()
            .map(
                type ->
                    String.format(Locale.ROOT, "%s (%,d tensors)", type.getKey(), type.getValue()))
            .collect(Collectors.joining(", "));
    out.printf("  folder       %s%n", checkpoint.folder());
    out.printf("  family       %s%n", model.family());
    out.printf("  fingerprint  %s%n", checkpoint.fingerprint());
    out.printf(
        "  layers       %,d, each with %,d attention heads%n",
        layout.layers(), model.attentionHeads());
    out.printf("  sites        %s%n", sites(layout));
    out.printf(
        "  neurons      %,d, so a row of activations takes %,d bytes in float16, %,d in float32%n",
        layout.neurons(),
        layout.neurons() * StoreDType.FLOAT16.bytes(),
        layout.neurons() * StoreDType.FLOAT32.bytes());
    out.printf(
        "  tower        %,d layers; %s%n", model.tower().layers(), towerSites(model.layout()));
    out.printf("  parameters   %,d%n", checkpoint.parameterCount());
    out.printf("  stored as    %s, %s%n", stored, Bytes.text(checkpoint.fileBytes()));
  }

  private static String sites(ActivationLayout layout) {
    return layout.sites().stream()
        .map(site -> site + " " + widths(layout, site))
        .collect(Collectors.joining(", "));
  }

  /**
   * The widths that a site has, the usual one first, such as {@code 2,048 or 4,096}, and in how
   * many layers where some have none of it.
   */
  private static String widths(ActivationLayout layout, Site site) {
    List<LayerSite> columns =
        layout.columns().stream().filter(column -> column.site() == site).toList();
    Set<Integer> widths = new LinkedHashSet<>(Set.of(layout.widths().usual(site)));
    columns.forEach(column -> widths.add(layout.width(column)));
    String all =
        widths.stream()
            .map(width -> String.format(Locale.ROOT, "%,d", width))
            .collect(Collectors.joining(" or "));
    return columns.size() == layout.layers()
        ? all
        : String.format(Locale.ROOT, "%s (in %,d layers)", all, columns.size());
  }

  /** The tower's sites, with the width of each and the ways in which it is pooled. */
  private static String towerSites(ActivationLayout layout) {
    return layout.widths().usual().entrySet().stream()
        .filter(site -> site.getKey().pooling().equals(Optional.of(Pooling.MEAN)))
        .map(
            site -> {
              LayerVector vector = site.getKey().vector();
              String pools =
                  layout.sites().stream()
                      .filter(other -> other.vector() == vector)
                      .flatMap(other -> other.pooling().stream())
                      .map(Pooling::label)
                      .collect(Collectors.joining(", "));
              return String.format(
                  Locale.ROOT, "%s %,d (%s)", site.getKey().group(), site.getValue(), pools);
            })
        .collect(Collectors.joining(", "));
  }

  /** The whole model, and early exits: what was asked for, or those of the option's default. */
  private List<Depth> depths(ModelLayers layers) {
    if (exitLayer != null) {
      return List.of(Depth.full(), Depth.upTo(exitLayer(layers)));
    }
    List<Depth> depths = new ArrayList<>(List.of(Depth.full()));
    if (layers.tower() > 0) {
      depths.add(Depth.upTo(ModelLayer.ofTower((layers.tower() - 1) / 2)));
    }
    depths.add(Depth.upTo(0));
    if (layers.decoder() > 2) {
      depths.add(Depth.upTo(layers.decoder() / 2 - 1));
    }
    return depths;
  }

  private ModelLayer exitLayer(ModelLayers layers) {
    try {
      ModelLayer layer = ModelLayer.parse(exitLayer);
      int all = layer.inTower() ? layers.tower() : layers.decoder();
      if (layer.number() < all) {
        return layer;
      }
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--exit-layer must be from 0 to %d, or from v0 to v%d, not %s",
              layers.decoder() - 1,
              layers.tower() - 1,
              exitLayer));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--exit-layer: " + e.getMessage(), e);
    }
  }

  private void requirePositiveBatch() {
    if (batchSize < 1) {
      throw new ConfigurationException("--batch-size must be at least 1, not " + batchSize);
    }
  }

  private void printMemory(
      PrintWriter out, VisionLanguageModel opened, ImageInput input, List<Depth> depths) {
    Checkpoint checkpoint = opened.checkpoint();
    ComputeType type = dtype.resolve(checkpoint, "cpu");
    boolean inPlace = type.usesWeightsInPlace(checkpoint);
    out.printf(
        "  memory       in %s, estimated for a pass of %,d rows, each on an image of that size:%n",
        type.label(), batchSize);
    out.printf("    %-20s %10s %10s %10s%n", "", "weights", "working", "together");
    for (Depth depth : depths) {
      ModelTensors.Size held = ModelTensors.of(checkpoint).held(depth);
      long weights = inPlace ? held.bytes() : held.in(type.bytes());
      long working =
          opened
              .workingMemory(input, batchSize, ModelOptions.whole(type, "cpu").withDepth(depth))
              .bytes();
      out.printf(
          "    %-20s %10s %10s %10s%n",
          depth.exitLayer().map(layer -> "exit after " + layer).orElse("whole model"),
          Bytes.text(weights),
          Bytes.text(working),
          Bytes.text(weights + working));
    }
    out.printf(
        "    Weights are %s; add %s for Java and libtorch.%n",
        inPlace
            ? "used in the files' own pages, which all processes of a host share"
            : "converted from " + ComputeType.stored(checkpoint).label() + " into this process",
        Bytes.text(PROCESS_BYTES));
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
