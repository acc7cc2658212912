package io.superneurons.text;

import io.superneurons.text.jinja.JinjaException;
import io.superneurons.text.jinja.JinjaTemplate;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A checkpoint's chat template: Jinja source that turns a conversation into the text of a prompt,
 * as Hugging Face's {@code apply_chat_template} does with {@code add_generation_prompt=True}.
 *
 * <p>The source is untrusted: see {@link JinjaTemplate} for what it cannot do. Safe for use by
 * several threads.
 */
final class ChatTemplate {
  /** What a template asks to know whether the model is to think. */
  static final String THINKING = "enable_thinking";

  private static final int MAX_SOURCE = 1 << 20;

  private final JinjaTemplate template;
  private final Map<String, Object> variables;

  private ChatTemplate(JinjaTemplate template, Map<String, Object> variables) {
    this.template = template;
    this.variables = variables;
  }

  /**
   * A template.
   *
   * @param source Jinja source
   * @param variables what it may print or ask, such as {@code bos_token}
   * @throws TemplateException if the source is too long, is not well formed, or has something that
   *     is not supported; the message names the line
   */
  public static ChatTemplate of(String source, Map<String, ?> variables) {
    if (source.length() > MAX_SOURCE) {
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The chat template has %d characters; the most is %d",
              source.length(),
              MAX_SOURCE));
    }
    try {
      return new ChatTemplate(JinjaTemplate.of(source), Map.copyOf(variables));
    } catch (JinjaException e) {
      throw failure(e);
    }
  }

  /**
   * The prompt's text for a conversation, ending where the model is to answer.
   *
   * @throws TemplateException if the template has an error (the message names the line), refuses
   *     the conversation, or exceeds a limit
   */
  public String render(List<Message> messages) {
    Map<String, Object> bindings = new HashMap<>(variables);
    List<Object> conversation = new ArrayList<>();
    messages.forEach(message -> conversation.add(plain(message)));
    bindings.put("messages", new PythonList(conversation));
    bindings.put("add_generation_prompt", true);
    // transformers give templates these two also where a caller has none
    bindings.put("tools", null);
    bindings.put("documents", null);
    try {
      return template.render(bindings);
    } catch (JinjaException e) {
      throw failure(e);
    }
  }

  private static TemplateException failure(JinjaException e) {
    return new TemplateException(
        "Chat template, " + e.getMessage() + "; correct it or give --prompt-template", e);
  }

  private static PythonDict plain(Message message) {
    List<Object> parts = new ArrayList<>();
    for (Content content : message.content()) {
      PythonDict part = new PythonDict();
      if (content instanceof Content.Text text) {
        parts.add(part.put("type", "text").put("text", text.text()));
      } else {
        parts.add(part.put("type", "image"));
      }
    }
    return new PythonDict()
        .put("role", message.role().label())
        .put("content", new PythonList(parts));
  }
}
