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
            "{{ 'x'.repeat(10) }}",
            "{{ messages.getClass() }}",
            "{{ messages.clear() }}",
            "{{ messages[0].put('a', 'b') }}",
            "{{ loop.getClass().forName('java.lang.Runtime') }}",
            "{{ '{{ 1 }}' | render }}",
            "{{ ____int3rpr3t3r____.getConfig() }}")) {
      ChatTemplate template = ChatTemplate.of(source, VARIABLES);
      try {
        assertEquals("", template.render(HELLO), source);
      } catch (TemplateException expected) {
        assertTrue(expected.getMessage().startsWith("Chat template"), source);
      }
    }
  }

  @Test
  void loopsAndOutputAreBounded() {
    fails(
        "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}"
            + "{% endfor %}{% endfor %}{% endfor %}");
    fails(
        "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(40) %}"
            + "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}");
    fails(
        "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(30) %}"
            + "{% set ns.x = ns.x.replace('a', 'aa') %}{% endfor %}");
    fails("{{ 'x' | center(1000000000) }}");
    fails("{{ '%1000000000d' | format(1) }}");
    fails("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}");
    fails("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}");
    fails("{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000));
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
