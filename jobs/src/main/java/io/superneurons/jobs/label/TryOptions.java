package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.cli.HelpOptions;
import io.superneurons.jobs.model.CheckpointOptions;
import java.io.File;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of try. */
@HelpGroup(value = SelectionOption.HEADING, example = SelectionOption.EXAMPLE)
final class TryOptions {
  @Mixin private HelpOptions help;
  @Mixin private CheckpointOptions model;
  @Mixin private SelectionOption superNeurons;

  @Option(
      names = "--tasks",
      paramLabel = "A,B",
      split = ",",
      description = "Tasks to ask about. Default: all.")
  private List<String> tasks = List.of();

  @HelpGroup(value = "The model's own answer", example = "--max-new-tokens 16")
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

  /** An option of the stages, whose rows come from elsewhere; here only to say what was meant. */
  @Option(names = "--question", hidden = true)
  private String questionAsOption;

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

  SelectionOption superNeurons() {
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
    if (questionAsOption != null) {
      throw new ConfigurationException(
          "try takes the question after the image, without --question: try ... IMAGE \"QUESTION\"");
    }
    if (question == null || question.isBlank()) {
      return null;
    }
    if (new File(question).isFile()) { // as of a pattern that two images match
      throw new ConfigurationException(
          "try takes one image, and a question after it; " + question + " is a file");
    }
    return question;
  }
}
