package io.superneurons.text;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.text.Message.Role;
import io.superneurons.text.TokenizerFile.AddedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the prompt of a question about one image. A user's text never becomes a control token or an
 * image's place: the control tokens of every prompt are those of the template alone. Safe for use
 * by several threads.
 */
public final class PromptBuilder {
  private static final String IMAGE = "<image>";
  private static final String QUESTION = "{question}";

  private final Tokenizer tokenizer;
  private final ImageSlot slot;
  private final PromptSettings settings;
  private final QuestionCheck check;
  private final UnaryOperator<String> template;
  private final Set<Long> controlIds;

  /** Control ids of a prompt in order, which no question may change. */
  private final long[] expectedControls;

  private PromptBuilder(
      Tokenizer tokenizer, ImageSlot slot, PromptSettings settings, Optional<String> chatTemplate) {
    this.tokenizer = tokenizer;
    this.slot = slot;
    this.settings = settings;
    check = new QuestionCheck(tokenizer.added().values(), slot, settings.maxQuestion());
    refuseTokens("--prompt-suffix", settings.suffix());
    settings.systemPrompt().ifPresent(text -> refuseTokens("--system-prompt", text));
    template =
        settings.template().isPresent() ? fixed(settings.template().get()) : chat(chatTemplate);
    String unknown = tokenizer.namedTokens().get("unk_token");
    controlIds =
        tokenizer.added().values().stream()
            .filter(token -> token.special() && !token.isByte() && !token.text().equals(unknown))
            .map(AddedToken::id)
            .collect(Collectors.toUnmodifiableSet());
    expectedControls = controls(sample());
  }

  /**
   * A builder for a checkpoint.
   *
   * @param slot how the family marks an image's place
   * @throws TemplateException if there is no chat template and no template in the settings, or it
   *     cannot be rendered, or does not give one place for an image
   */
  public static PromptBuilder of(
      Checkpoint checkpoint, Tokenizer tokenizer, ImageSlot slot, PromptSettings settings) {
    return new PromptBuilder(tokenizer, slot, settings, checkpoint.chatTemplate());
  }

  /**
   * The prompt of a question.
   *
   * @throws TextException if the question is too long, or has a control character or the text of a
   *     control token
   */
  public Prompt build(String question) {
    check.check(question);
    String rendered = template.apply(question + settings.suffix());
    long[] ids = tokenizer.encode(rendered);
    if (!Arrays.equals(controls(ids), expectedControls)) {
      throw new TextException(
          "The question, within its prompt, makes a control token of this model; rewrite it");
    }
    return new Prompt(rendered, ids);
  }

  /**
   * The prompt with the image token replaced by the text that stands for a given image, such as
   * tiles with row and column marks, encoded anew as Hugging Face's processors do.
   *
   * @param expansion what the family writes in place of the token
   */
  public Prompt expand(Prompt prompt, String expansion) {
    String rendered = prompt.rendered().replace(slot.token(), expansion);
    return new Prompt(rendered, tokenizer.encode(rendered));
  }

  private void refuseTokens(String option, String text) {
    check
        .controlToken(text)
        .ifPresent(
            token -> {
              throw new TemplateException(
                  String.format(
                      Locale.ROOT,
                      "%s contains \"%s\", a control token of this model; use --prompt-template",
                      option,
                      token));
            });
  }

  private UnaryOperator<String> fixed(String text) {
    String marked = text.contains(slot.token()) ? text : text.replace(IMAGE, slot.marker());
    String[] parts = marked.split(Pattern.quote(QUESTION), -1);
    if (parts.length != 2) {
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "--prompt-template must have %s once; it has it %d times",
              QUESTION,
              parts.length - 1));
    }
    return question -> parts[0] + question + parts[1];
  }

  private UnaryOperator<String> chat(Optional<String> source) {
    String text =
        source.orElseThrow(
            () ->
                new TemplateException(
                    "The checkpoint has no chat template; give --prompt-template with "
                        + QUESTION
                        + " and "
                        + IMAGE));
    ChatTemplate chat = ChatTemplate.of(text, variables(text));
    List<Message> before = new ArrayList<>();
    settings
        .systemPrompt()
        .ifPresent(said -> before.add(new Message(Role.SYSTEM, List.of(new Content.Text(said)))));
    return question -> {
      List<Message> messages = new ArrayList<>(before);
      messages.add(
          new Message(Role.USER, List.of(new Content.Image(), new Content.Text(question))));
      return chat.render(messages);
    };
  }

  private Map<String, Object> variables(String chatTemplate) {
    Map<String, Object> variables = new HashMap<>(tokenizer.namedTokens());
    if (settings.thinking() != PromptSettings.Thinking.UNSAID) {
      if (!chatTemplate.contains(ChatTemplate.THINKING)) {
        throw new TemplateException(
            "--enable-thinking changes nothing: the checkpoint's chat template does not ask for "
                + ChatTemplate.THINKING);
      }
      variables.put(ChatTemplate.THINKING, settings.thinking() == PromptSettings.Thinking.ON);
    }
    return variables;
  }

  /** The ids of some question's prompt, checked. */
  private long[] sample() {
    String rendered = template.apply("x" + settings.suffix());
    int count = rendered.split(Pattern.quote(slot.token()), -1).length - 1;
    if (count != 1) {
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The prompt must have one image token (%s); the template gives %d: %s",
              slot.token(),
              count,
              rendered));
    }
    return tokenizer.encode(rendered);
  }

  private long[] controls(long[] ids) {
    return Arrays.stream(ids).filter(controlIds::contains).toArray();
  }
}
