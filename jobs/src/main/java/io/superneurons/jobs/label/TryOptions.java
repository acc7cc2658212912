package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpOptions;
import io.superneurons.jobs.model.CheckpointOptions;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of try. */
final class TryOptions {
  @Mixin private HelpOptions help;
  @Mixin private CheckpointOptions model;

  @Option(
      names = "--superneurons",
      required = true,
      paramLabel = "FILE",
      description = "superneurons.json, or the output folder of select that holds it.")
  private String superNeurons;

  @Option(
      names = "--tasks",
      paramLabel = "A,B",
      split = ",",
      description = "Tasks to ask about. Default: all.")
  private List<String> tasks = List.of();

  @Option(
      names = "--no-answer",
      description =
          "Leave out the model's own answer: the model is then opened no deeper than the exits.")
  private boolean noAnswer;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "8",
      description = "Longest answer of the model, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "An image file, or its address.")
  private String image;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "QUESTION",
      description = "What to ask. Default: what the task's probing rows shared.")
  private String question;

  CheckpointOptions model() {
    return model;
  }

  String superNeurons() {
    return superNeurons;
  }

  List<String> tasks() {
    return tasks.stream().map(String::strip).toList();
  }

  /** Longest answer in tokens; 0 where none is wanted. */
  int maxNewTokens() {
    if (!noAnswer && maxNewTokens < 1) {
      throw new ConfigurationException("--max-new-tokens must be at least 1: " + maxNewTokens);
    }
    return noAnswer ? 0 : maxNewTokens;
  }

  String image() {
    return image;
  }

  /** Null where none is given. */
  String question() {
    return question == null || question.isBlank() ? null : question;
  }
}
