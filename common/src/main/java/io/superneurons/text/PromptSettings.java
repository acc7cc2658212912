package io.superneurons.text;

import java.util.Objects;
import java.util.Optional;

/**
 * What surrounds a question in its prompt.
 *
 * @param systemPrompt text of a system message before the user's
 * @param template whole prompt in place of the checkpoint's chat template, with {@code {question}}
 *     and {@code <image>} or the family's own image token where they belong
 * @param suffix text after each question, such as {@code "\nAnswer with a single word."}
 * @param thinking what the chat template is told of it
 * @param maxQuestion the longest question allowed, in characters
 */
public record PromptSettings(
    Optional<String> systemPrompt,
    Optional<String> template,
    String suffix,
    Thinking thinking,
    int maxQuestion) {
  private static final int MAX_QUESTION = 20_000;

  /** The checkpoint's chat template with the question alone. */
  public static final PromptSettings DEFAULT =
      new PromptSettings(Optional.empty(), Optional.empty(), "", Thinking.UNSAID, MAX_QUESTION);

  /** Whether the model is to think before it answers: a template's {@code enable_thinking}. */
  public enum Thinking {
    /** The template's own way. */
    UNSAID,
    ON,
    OFF
  }

  public PromptSettings {
    Objects.requireNonNull(systemPrompt, "systemPrompt");
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(suffix, "suffix");
    Objects.requireNonNull(thinking, "thinking");
    if (maxQuestion < 1) {
      throw new IllegalArgumentException("maxQuestion must be at least 1, not " + maxQuestion);
    }
    if (systemPrompt.isPresent() && template.isPresent()) {
      throw new IllegalArgumentException(
          "--system-prompt and --prompt-template exclude each other; write the system prompt into"
              + " the template");
    }
    if (thinking != Thinking.UNSAID && template.isPresent()) {
      throw new IllegalArgumentException(
          "--enable-thinking and --prompt-template exclude each other; write what begins the"
              + " model's turn into the template");
    }
  }

  public PromptSettings withSystemPrompt(String text) {
    return new PromptSettings(Optional.of(text), template, suffix, thinking, maxQuestion);
  }

  public PromptSettings withTemplate(String text) {
    return new PromptSettings(systemPrompt, Optional.of(text), suffix, thinking, maxQuestion);
  }

  public PromptSettings withSuffix(String text) {
    return new PromptSettings(systemPrompt, template, text, thinking, maxQuestion);
  }

  public PromptSettings withThinking(Thinking said) {
    return new PromptSettings(systemPrompt, template, suffix, said, maxQuestion);
  }

  PromptSettings withMaxQuestion(int characters) {
    return new PromptSettings(systemPrompt, template, suffix, thinking, characters);
  }
}
