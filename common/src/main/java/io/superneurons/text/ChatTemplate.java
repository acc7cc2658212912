package io.superneurons.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A checkpoint's chat template: Jinja source that turns a conversation into the text of a prompt,
 * as Hugging Face's {@code apply_chat_template} does with {@code add_generation_prompt=True}.
 *
 * <p>The source is untrusted: it reaches no file and no Java object, its output and its loops are
 * bounded, and text that it prints is never read as a template. Safe for use by several threads,
 * which take turns.
 */
final class ChatTemplate {
  private static final int MAX_SOURCE = 1 << 20;
  static final int MAX_OUTPUT = 1 << 22;
  private static final int MAX_ELEMENTS = 10_000;

  private final Jinjava jinjava = new Jinjava(config());
  private final LoopTag loops = new LoopTag();
  private final String prepared;
  private final Map<String, String> variables;

  private ChatTemplate(String prepared, Map<String, String> variables) {
    this.prepared = prepared;
    this.variables = Map.copyOf(variables);
    jinjava.setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new TemplateException("a chat template cannot read " + name);
        });
    jinjava.registerTag(loops);
    jinjava.registerTag(new GenerationTag());
    PythonFilters.filters().forEach(jinjava::registerFilter);
    PythonFilters.functions().forEach(jinjava::registerFunction);
  }

  /**
   * A template.
   *
   * @param source Jinja source
   * @param variables strings that it may print, such as {@code bos_token}
   * @throws TemplateException if the source is too long or has a tag that is not closed
   */
  public static ChatTemplate of(String source, Map<String, String> variables) {
    if (source.length() > MAX_SOURCE) {
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The chat template has %d characters; the most is %d",
              source.length(),
              MAX_SOURCE));
    }
    return new ChatTemplate(JinjaSource.prepare(source), variables);
  }

  private static JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        // else a question with {{ }} in it would be run
        .withNestedInterpretationEnabled(false)
        .withInterperterFactory(PythonInterpreter.factory())
        .withElResolver(PythonTypes.resolver())
        .withDisabled(TemplateLibrary.disabled())
        .withMaxOutputSize(MAX_OUTPUT)
        .withMaxStringLength(MAX_OUTPUT)
        .withMaxListSize(MAX_ELEMENTS)
        .withMaxMapSize(MAX_ELEMENTS)
        .withMaxRenderDepth(10)
        .withMaxMacroRecursionDepth(10)
        .withLegacyOverrides(
            LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUsePyishObjectMapper(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withKeepNullableLoopValues(true)
                .build())
        .build();
  }

  /**
   * The prompt's text for a conversation, ending where the model is to answer.
   *
   * @throws TemplateException if the template has an error (the message names the line), refuses
   *     the conversation, or exceeds a limit
   */
  public String render(List<Message> messages) {
    Map<String, Object> bindings = new HashMap<>(variables);
    bindings.put("messages", messages.stream().map(ChatTemplate::plain).toList());
    bindings.put("add_generation_prompt", true);
    return render(bindings);
  }

  // Jinjava's global context is changed by each rendering
  private synchronized String render(Map<String, Object> bindings) {
    loops.reset();
    RenderResult result;
    try {
      result = jinjava.renderForResult(prepared, bindings);
    } catch (StackOverflowError e) {
      throw new TemplateException("The chat template is nested too deeply", e);
    }
    if (!result.getErrors().isEmpty()) {
      throw failure(result.getErrors().get(0));
    }
    return result.getOutput();
  }

  private static TemplateException failure(TemplateError error) {
    String where =
        error.getLineno() > 0
            ? String.format(Locale.ROOT, "Chat template, line %d: ", error.getLineno())
            : "Chat template: ";
    for (Throwable e = error.getException(); e != null; e = e.getCause()) {
      if (e instanceof TemplateException own) {
        return new TemplateException(where + own.getMessage(), own);
      }
    }
    return new TemplateException(
        where + error.getMessage() + "; correct it or give --prompt-template",
        error.getException());
  }

  private static Map<String, Object> plain(Message message) {
    List<Map<String, String>> parts = new ArrayList<>();
    for (Content content : message.content()) {
      if (content instanceof Content.Text text) {
        parts.add(Map.of("type", "text", "text", text.text()));
      } else {
        parts.add(Map.of("type", "image"));
      }
    }
    return Map.of("role", message.role().label(), "content", parts);
  }
}
