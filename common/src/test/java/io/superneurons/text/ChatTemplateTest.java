package io.superneurons.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.text.Message.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChatTemplateTest {
  private static final Map<String, String> VARIABLES =
      Map.of("bos_token", "<s>", "eos_token", "</s>");
  private static final List<Message> HELLO = List.of(user("hello"));

  @TestFactory
  Stream<DynamicTest> publishedTemplatesGiveHuggingFacesPrompts() {
    return cases(Fixtures.json("templates/cases.json"))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("template").asText() + " " + one.get("messages").size(),
                    () ->
                        assertRendersAs(
                            one,
                            Fixtures.text("templates/" + one.get("template").asText() + ".jinja"),
                            one.get("messages"))));
  }

  @TestFactory
  Stream<DynamicTest> jinjaFeaturesGiveWhatJinja2Gives() {
    JsonNode snippets = Fixtures.json("templates/snippets.json");
    return cases(snippets.get("cases"))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("source").asText(),
                    () ->
                        assertRendersAs(
                            one, one.get("source").asText(), snippets.get("messages"))));
  }

  private static Stream<JsonNode> cases(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static void assertRendersAs(JsonNode expected, String source, JsonNode messages) {
    ChatTemplate template = ChatTemplate.of(source, VARIABLES);
    if (expected.has("error")) {
      TemplateException error =
          assertThrows(TemplateException.class, () -> template.render(Fixtures.messages(messages)));
      assertTrue(error.getMessage().contains(expected.get("error").asText()), error.getMessage());
    } else {
      assertEquals(expected.get("prompt").asText(), template.render(Fixtures.messages(messages)));
    }
  }

  @Test
  void errorsNameTheLineOfTheSource() {
    String source = "{%- if true %}\n\n  {%- endif %}\n{# note\n #}\n{{ messages.nope() }}";
    TemplateException error = fails(source);
    assertTrue(error.getMessage().contains("line 6"), error.getMessage());
  }

  @Test
  void brokenSourcesAreRefused() {
    for (String source :
        List.of("{% if %}x", "{{ 'a", "{% for x in %}{% endfor %}", "{% nope %}", "{{ 1 + }}")) {
      fails(source);
    }
  }

  @Test
  void filesAndJavaAreOutOfReach() {
    for (String source :
        List.of(
            "{% include '/etc/hostname' %}",
            "{% import 'file:///etc/hostname' as x %}",
            "{% extends 'x' %}",
            "{{ ''.getClass() }}",
            "{{ ''.__class__ }}",
            "{{ 'x'.repeat(10) }}",
            "{{ messages.getClass() }}",
            "{{ messages.clear() }}",
            "{{ messages[0].put('a', 'b') }}",
            "{% for x in messages %}{{ loop.getClass() }}{% endfor %}",
            "{% for class, bytes in ['x'] %}{{ class }}{% endfor %}",
            "{% for config, context in [____int3rpr3t3r____] %}{{ config }}{% endfor %}",
            "{{ '{{ 1 }}' | render }}",
            "{{ ____int3rpr3t3r____.getConfig() }}")) {
      TemplateException error = fails(source);
      assertTrue(error.getMessage().startsWith("Chat template, line 1: "), error.getMessage());
    }
    assertEquals(
        "||", ChatTemplate.of("{{ 'x'.class }}|{{ messages.class }}|", VARIABLES).render(HELLO));
  }

  @Test
  void whatTransformersHandTemplatesIsThere() {
    String source =
        "{{ tools is defined }}{{ tools is none }}{{ documents }}{{ add_generation_prompt }}";
    assertEquals("TrueTrueNoneTrue", ChatTemplate.of(source, VARIABLES).render(HELLO));
  }

  @Test
  void aQuestionIsNeverReadAsATemplate() {
    String question = "{{ bos_token }}{% raw %}{# x #}";
    ChatTemplate template = ChatTemplate.of("{{ messages[0].content[0].text }}", VARIABLES);
    assertEquals(question, template.render(List.of(user(question))));
  }

  private static TemplateException fails(String source) {
    return assertThrows(
        TemplateException.class,
        () -> ChatTemplate.of(source, VARIABLES).render(HELLO),
        () -> "no error for " + source.substring(0, Math.min(80, source.length())));
  }

  private static Message user(String text) {
    return new Message(Role.USER, List.of(new Content.Text(text)));
  }
}
