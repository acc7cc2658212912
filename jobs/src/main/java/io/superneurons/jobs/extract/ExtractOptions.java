package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.LayerNumbers;
import io.superneurons.jobs.input.InputOptions;
import io.superneurons.jobs.model.CheckpointOptions;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.PromptOptions;
import io.superneurons.jobs.run.RunOptions;
import io.superneurons.model.weights.ComputeType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of extract; what one of them asks for is checked when it is asked for. */
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
      description = "Sites to capture. Default: ${DEFAULT-VALUE}.")
  private List<String> sites;

  @Option(
      names = "--layers",
      paramLabel = "all|A-B",
      defaultValue = "all",
      description =
          "Layers to capture: all, a range such as 0-3, or a list such as 0,2,5. Default:"
              + " ${DEFAULT-VALUE}.")
  private String layers;

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description = "What the model computes in. Default: ${DEFAULT-VALUE}.")
  private ComputeType dtype;

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

  ComputeType dtype() {
    return dtype;
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

  /** The part of a model's layout that is to be captured. */
  ActivationLayout captured(ActivationLayout whole) {
    Map<Site, Integer> widths = new TreeMap<>();
    try {
      for (String site : sites) {
        widths.put(Site.of(site.strip()), whole.width(Site.of(site.strip())));
      }
      return new ActivationLayout(
          whole.layers(), LayerNumbers.parse(layers, whole.layers()), widths);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--sites does not fit the model: " + e.getMessage(), e);
    }
  }
}
