package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.CapturedLayers;
import io.superneurons.activation.Part;
import io.superneurons.activation.SiteWidths;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.cli.LayerNumbers;
import io.superneurons.jobs.model.CheckpointOptions;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.PromptOptions;
import io.superneurons.jobs.run.RunOptions;
import io.superneurons.jobs.source.InputOptions;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.TowerType;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of extract; what one of them asks for is checked when it is asked for. */
@HelpGroup(value = "What is kept", example = "--sites mlp_post,attn_z --layers 0-7 --answer")
public final class ExtractOptions {
  @Mixin private RunOptions run;
  @Mixin private InputOptions input;
  @Mixin private CheckpointOptions model;
  @Mixin private PromptOptions prompt;
  @Mixin private ImageOptions image;

  @Option(
      names = "--sites",
      paramLabel = "SITES",
      split = ",",
      defaultValue = "resid_post,attn_z,mlp_post",
      description =
          "Sites to capture: of the decoder resid_post, attn_z and mlp_post, of the vision tower"
              + " vision_resid_post, vision_attn_z and vision_mlp_post. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> sites;

  @Option(
      names = "--pools",
      paramLabel = "POOLS",
      split = ",",
      description =
          "How the tower's sites are pooled over an image's patches: mean, max, cls (the class"
              + " token) and grid (the means of the image's four quarters). Default: all that the"
              + " tower has.")
  private List<String> pools;

  @Option(
      names = "--tower-layers",
      paramLabel = "all|A-B",
      defaultValue = "all",
      description =
          "Layers of the vision tower to capture, where one of its sites is. Default:"
              + " ${DEFAULT-VALUE}.")
  private String towerLayers;

  @Option(
      names = "--layers",
      paramLabel = "all|A-B",
      defaultValue = "all",
      description =
          "Layers of the decoder to capture: all, a range such as 0-3, or a list such as 0,2,5."
              + " Default: ${DEFAULT-VALUE}.")
  private String layers;

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description = "What the model computes in. Default: ${DEFAULT-VALUE}.")
  private ComputeType dtype;

  @Option(
      names = "--tower-dtype",
      paramLabel = "auto|int8",
      defaultValue = "auto",
      description =
          "What the products of the vision tower's layers are computed in: auto is --dtype, int8 is"
              + " faster on a CPU with AVX512-VNNI and less exact. Default: ${DEFAULT-VALUE}.")
  private TowerType towerDType;

  @Option(
      names = "--store-dtype",
      paramLabel = "float16|float32",
      defaultValue = "float16",
      description = "What activations are stored in. Default: ${DEFAULT-VALUE}.")
  private StoreDType storeDType;

  @Option(names = "--answer", description = "Also record the model's own greedy answer.")
  private boolean answer;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "8",
      description = "Longest answer, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens;

  @Option(
      names = "--on-error",
      paramLabel = "skip|fail",
      defaultValue = "skip",
      description =
          "Whether a row that fails is put into _errors/ or ends the job. Default:"
              + " ${DEFAULT-VALUE}.")
  private OnError onError;

  /** What becomes of a row that fails. */
  enum OnError {
    SKIP,
    FAIL
  }

  InputOptions input() {
    return input;
  }

  RunOptions run() {
    return run;
  }

  CheckpointOptions model() {
    return model;
  }

  PromptOptions prompt() {
    return prompt;
  }

  ImageOptions image() {
    return image;
  }

  Computation computation() {
    return new Computation(dtype, towerDType);
  }

  StoreDType storeDType() {
    return storeDType;
  }

  OnError onError() {
    return onError;
  }

  /** Longest answer in tokens; 0 if no answers are wanted. */
  int maxNewTokens() {
    if (answer && maxNewTokens < 1) {
      throw new ConfigurationException("--max-new-tokens must be at least 1: " + maxNewTokens);
    }
    return answer ? maxNewTokens : 0;
  }

  /**
   * The part of a model's layout that is to be captured.
   *
   * @throws ConfigurationException if the model lacks a site, a pooling or a layer
   */
  ActivationLayout captured(ActivationLayout whole) {
    SiteWidths widths = whole.widths().only(CapturedSites.of(sites, pools, whole));
    ActivationLayout captured =
        new ActivationLayout(
            layers(Part.TOWER, "--tower-layers", towerLayers, whole, widths),
            layers(Part.DECODER, "--layers", layers, whole, widths),
            widths);
    if (captured.columns().isEmpty()) {
      throw new ConfigurationException("--layers: none of the layers has a site of --sites");
    }
    return captured;
  }

  private static CapturedLayers layers(
      Part part, String option, String chosen, ActivationLayout whole, SiteWidths widths) {
    int all = whole.of(part).layers();
    if (widths.sites().stream().anyMatch(site -> site.part() == part)) {
      return new CapturedLayers(all, LayerNumbers.parse(option, chosen, all));
    }
    return part == Part.TOWER ? CapturedLayers.NONE : CapturedLayers.noneOf(all);
  }
}
