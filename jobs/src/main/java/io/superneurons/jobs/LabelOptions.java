package io.superneurons.jobs;

import io.superneurons.model.ComputeType;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of label, checked when they are read. */
final class LabelOptions {
  @Mixin private CommonOptions common;
  @Mixin private InputArguments input;
  @Mixin private ModelArguments model;

  @Option(
      names = "--superneurons",
      required = true,
      paramLabel = "FILE",
      description = "superneurons.json, or the output folder of select that holds it.")
  private String superNeurons;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "New folder for the predictions.")
  private String output;

  @Option(
      names = "--tasks",
      paramLabel = "A,B",
      split = ",",
      description = "Label only rows of these tasks; others are skipped.")
  private List<String> tasks = List.of();

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description = "What the model computes in; auto is what the Super Neurons were chosen in.")
  private ComputeType dtype;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Take only the first N rows; 0 takes all.")
  private int limit;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tasks and files; 0 chooses by the number of rows.")
  private int partitions;

  OutputFolder.Existing existing() {
    return common.existing();
  }

  ModelArguments model() {
    return model;
  }

  String superNeurons() {
    return superNeurons;
  }

  InputArguments input() {
    return input;
  }

  String output() {
    return output;
  }

  List<String> tasks() {
    return tasks.stream().map(String::strip).toList();
  }

  ComputeType dtype() {
    return dtype;
  }

  int limit() {
    if (limit < 0) {
      throw new ConfigurationException("--limit must not be negative: " + limit);
    }
    return limit;
  }

  int partitions() {
    if (partitions < 0) {
      throw new ConfigurationException("--partitions must not be negative: " + partitions);
    }
    return partitions;
  }
}
