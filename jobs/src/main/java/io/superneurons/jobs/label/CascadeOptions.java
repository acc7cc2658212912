package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.neuron.cascade.LastResort;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What label does with close votes; {@link CascadeSettings} says what a cascade is in a run. */
@HelpGroup(value = "Close votes", example = "--target-accuracy 0.95")
final class CascadeOptions {
  @Option(
      names = "--margin",
      paramLabel = "X",
      description =
          "Rows whose votes have a smaller margin, from 0 to 1, go on to deeper Super Neurons, and"
              + " at last to the model's own answer. Default: all rows exit where their task does.")
  private Double margin;

  @Option(
      names = "--target-accuracy",
      paramLabel = "Y",
      description =
          "Choose the margins, by task and level, so that at least this share of the held-out rows"
              + " in superneurons.json is right, with the fewest layers per row.")
  private Double targetAccuracy;

  @Option(
      names = "--last-resort",
      paramLabel = "model|deepest",
      description =
          "With --margin or --target-accuracy: what decides rows that the deepest Super Neurons are"
              + " unsure of. Default: model.")
  private LastResort lastResort;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Longest answer of the model as the last resort, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens;

  @Option(
      names = "--abstain",
      paramLabel = "X",
      description =
          "Rows whose margin at the level that decides them is below this get no prediction."
              + " Default: what select was told.")
  private Double abstain;

  /**
   * Checks the options by themselves.
   *
   * @throws ConfigurationException naming the one that makes no sense
   */
  void require() {
    if (margin != null && targetAccuracy != null) {
      throw new ConfigurationException("Give --margin or --target-accuracy, not both");
    }
    if (margin != null && !(margin >= 0 && margin <= 1)) {
      throw new ConfigurationException("--margin must be from 0 to 1, not " + margin);
    }
    if (targetAccuracy != null && !(targetAccuracy > 0 && targetAccuracy <= 1)) {
      throw new ConfigurationException(
          "--target-accuracy must be above 0 and at most 1, not " + targetAccuracy);
    }
    if (!isAsked() && lastResort != null) {
      throw new ConfigurationException("--last-resort needs --margin or --target-accuracy");
    }
    if (abstain != null && !(abstain >= 0 && abstain < 1)) {
      throw new ConfigurationException("--abstain must be from 0 to below 1, not " + abstain);
    }
    if (maxNewTokens < 1) {
      throw new ConfigurationException("--max-new-tokens must be at least 1: " + maxNewTokens);
    }
  }

  /** Whether there is to be a cascade. */
  boolean isAsked() {
    return margin != null || targetAccuracy != null;
  }

  /** The threshold of every level, if one was given. */
  Optional<Double> margin() {
    return Optional.ofNullable(margin);
  }

  /** The share of held-out rows that is to be right, if one was given. */
  Optional<Double> targetAccuracy() {
    return Optional.ofNullable(targetAccuracy);
  }

  /** The margin below which rows are undecided, where another than select's was given. */
  Optional<Double> abstain() {
    return Optional.ofNullable(abstain);
  }

  /** What changes results, for the settings of a run; empty without a cascade. */
  Map<String, Object> toMap() {
    Map<String, Object> values = new TreeMap<>();
    if (isAsked()) {
      values.put("margin", margin);
      values.put("target_accuracy", targetAccuracy);
      values.put("last_resort", lastResort().label());
      values.put("max_new_tokens", maxNewTokens);
    }
    return values;
  }

  LastResort lastResort() {
    return lastResort == null ? LastResort.MODEL : lastResort;
  }

  int maxNewTokens() {
    return maxNewTokens;
  }
}
