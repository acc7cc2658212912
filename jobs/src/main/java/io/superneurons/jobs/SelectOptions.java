package io.superneurons.jobs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of select as they are spelled; {@link SelectSettings} is what they mean. */
final class SelectOptions {
  @Option(
      names = "--activations",
      required = true,
      split = ",",
      paramLabel = "DIR",
      description = "Folders that extract wrote: probe, validation and test rows.")
  List<String> activations = new ArrayList<>();

  @Option(
      names = "--evaluate",
      paramLabel = "DIR=NAME",
      description = "Folder of another set to evaluate on, which chooses nothing. Repeatable.")
  List<String> evaluate = new ArrayList<>();

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Output folder.")
  String output;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "TASK",
      description = "Tasks to select for. Default: all.")
  List<String> tasks = new ArrayList<>();

  @Option(
      names = "--rule",
      defaultValue = "auto",
      paramLabel = "RULE",
      description =
          "zero, midpoint, best-cut, nearest-mean, one-vs-rest, or auto: chosen on validation."
              + " Default: ${DEFAULT-VALUE}.")
  String rule;

  @Option(
      names = "--metric",
      defaultValue = "accuracy",
      paramLabel = "METRIC",
      description =
          "What ranks and chooses: accuracy, balanced-accuracy, macro-f1, mcc or auc."
              + " Default: ${DEFAULT-VALUE}.")
  String metric;

  @Option(
      names = "--top-k",
      defaultValue = "auto",
      paramLabel = "N",
      description =
          "How many neurons vote, or auto: chosen on validation, up to 127."
              + " Default: ${DEFAULT-VALUE}.")
  String topK;

  @Option(
      names = "--max-layer",
      paramLabel = "N",
      description = "The largest layer that neurons may come from. Default: the last one captured.")
  Integer maxLayer;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites that neurons may come from. Default: all that were captured.")
  List<String> sites = new ArrayList<>();

  @Option(
      names = "--vote",
      defaultValue = "auto",
      paramLabel = "VOTE",
      description = "majority, weighted, or auto: chosen on validation. Default: ${DEFAULT-VALUE}.")
  String vote;

  @Option(
      names = "--tolerance",
      defaultValue = "0",
      paramLabel = "X",
      description =
          "How much worse than the best, on validation and on probing rows, a choice with an"
              + " earlier exit layer may be. Default: ${DEFAULT-VALUE}.")
  double tolerance;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Of cross-validation folds, random neurons and bootstrap. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--shard-memory",
      defaultValue = "512m",
      paramLabel = "SIZE",
      description =
          "Memory for one task's share of the activations; a wider site is read in ranges."
              + " Default: ${DEFAULT-VALUE}.")
  String shardMemory;
}
