package io.superneurons.jobs.model;

import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.text.PromptSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say what surrounds a question; recorded with the activations. */
@HelpGroup(value = "The prompt", example = "--prompt-suffix 'Answer yes or no.'")
public final class PromptOptions {
  private static final String SYSTEM_PROMPT = "system_prompt";
  private static final String TEMPLATE = "prompt_template";
  private static final String THINKING = "enable_thinking";
  private static final String SUFFIX = "prompt_suffix";

  @Option(
      names = "--system-prompt",
      paramLabel = "TEXT",
      description = "System message before the question.")
  private String systemPrompt;

  @Option(
      names = "--prompt-template",
      paramLabel = "TEXT",
      description =
          "Whole prompt in place of the checkpoint's chat template, with {question} and <image>.")
  private String template;

  @Option(
      names = "--prompt-suffix",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "Text after each question, such as \" Answer the question using a single word.\"")
  private String suffix;

  @Option(
      names = "--enable-thinking",
      paramLabel = "true|false",
      arity = "1",
      description =
          "What a chat template that asks for enable_thinking, such as Qwen3.5's, is told; else"
              + " its own way.")
  private Boolean thinking;

  String systemPrompt() {
    return systemPrompt;
  }

  String template() {
    return template;
  }

  String suffix() {
    return suffix == null ? "" : suffix;
  }

  PromptSettings.Thinking thinking() {
    if (thinking == null) {
      return PromptSettings.Thinking.UNSAID;
    }
    return thinking ? PromptSettings.Thinking.ON : PromptSettings.Thinking.OFF;
  }

  /** As recorded with the activations; what was not given is left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (systemPrompt != null) {
      map.put(SYSTEM_PROMPT, systemPrompt);
    }
    if (template != null) {
      map.put(TEMPLATE, template);
    }
    if (thinking != null) {
      map.put(THINKING, thinking);
    }
    map.put(SUFFIX, suffix());
    return map;
  }

  /** The options that a run recorded. */
  public static PromptOptions of(Map<String, Object> recorded) {
    PromptOptions arguments = new PromptOptions();
    arguments.systemPrompt = (String) recorded.get(SYSTEM_PROMPT);
    arguments.template = (String) recorded.get(TEMPLATE);
    arguments.thinking = (Boolean) recorded.get(THINKING);
    arguments.suffix = (String) recorded.getOrDefault(SUFFIX, "");
    return arguments;
  }
}
