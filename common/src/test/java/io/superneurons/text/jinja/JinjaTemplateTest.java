package io.superneurons.text.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates beside Jinja2's texts of them, which {@code jinja_fixtures.py} wrote. */
class JinjaTemplateTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, Object> VARIABLES = new HashMap<>();
  private static final List<JsonNode> CASES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    String name = "/text/templates/jinja.jsonl";
    try (InputStream stream = JinjaTemplateTest.class.getResourceAsStream(name)) {
      for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        CASES.add(MAPPER.readTree(line));
      }
    }
    CASES
        .remove(0)
        .properties()
        .forEach(variable -> VARIABLES.put(variable.getKey(), value(variable.getValue())));
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      PythonDict dict = new PythonDict();
      node.properties().forEach(entry -> dict.put(entry.getKey(), value(entry.getValue())));
      return dict;
    } else if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return new PythonList(items);
    } else if (node.isNull()) {
      return null;
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isIntegralNumber()) {
      return node.bigIntegerValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.textValue();
  }

  private static String render(String source) {
    return JinjaTemplate.of(source).render(VARIABLES);
  }

  @Test
  void textsAndErrorsAreThoseOfJinja2() {
    List<String> different = new ArrayList<>();
    for (JsonNode one : CASES) {
      String source = one.get("source").asText();
      String expected = one.has("text") ? "text " + one.get("text").asText() : "error";
      String got;
      try {
        got = "text " + render(source);
      } catch (JinjaException e) {
        got = expected.equals("error") ? "error" : "error " + e.getMessage();
      }
      if (!got.equals(expected)) {
        different.add(source + "\n  expected " + expected + "\n  got      " + got);
      }
    }
    assertTrue(CASES.size() > 500);
    assertEquals(List.of(), different, different.size() + " differ");
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() {
    Map.of(
            "{{ ('<' | safe) + 'x' }}", "Markup",
            "{{ ('<' | e).upper() }}", "'escape'",
            "{{ 'x' | urlize }}", "'urlize'",
            "{{ strftime_now('%Y') }}", "strftime_now",
            "{% block x %}{% endblock %}", "'block'",
            "{{ 'x'.encode() }}", "str.encode",
            "{{ 2.5 ** 0.3 }}", "power",
            "{{ d.copy() }}", "dict.copy",
            "{{ 'a' is sameas 'a' }}", "sameas",
            "{{ [1, 'nan' | float] | sort }}", "NaN")
        .forEach(
            (source, name) -> {
              String message = refusal("\n\n" + source).getMessage();
              assertTrue(message.startsWith("line 3: ") && message.contains(name), message);
            });
  }

  /** Names that a loop sets are no properties of what is unpacked: those led to Java's classes. */
  @Test
  void whatIsNoListIsNotUnpacked() {
    List<String> prying =
        List.of(
            "{% for class, bytes in ['x'] %}CLASS={{ class }}{% endfor %}",
            "{% for config, context in [____int3rpr3t3r____] %}{{ config }}{% endfor %}",
            "{% for class, config in [____int3rpr3t3r____] %}"
                + "{% for protectionDomain, classLoader in [class] %}{{ classLoader }}{% endfor %}"
                + "{% endfor %}");
    for (String source : prying) {
      String message = refusal(source).getMessage();
      assertTrue(message.contains("values for 2 names"), message);
    }
  }

  @Test
  void noTemplateRunsOnOrFillsTheMemory() throws InterruptedException {
    List<String> greedy =
        List.of(
            "{% for i in range(9999) %}{% for j in range(9999) if j < 0 %}x{% endfor %}{% endfor"
                + " %}",
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            grown("'xxxxxxxx'", "ns.x + ns.x"),
            grown("['x']", "ns.x + ns.x"),
            grown("['x']", "[ns.x, ns.x]") + "{{ ns.x | tojson }}",
            grown("['x']", "[ns.x, ns.x]") + "{{ ns.x }}",
            grown("['x']", "[ns.x, ns.x]")
                + "{% set other = ns.x %}"
                + grown("['x']", "[ns.x, ns.x]")
                + "{{ ns.x == other }}",
            grown("'a'", "ns.x.replace('a', 'aa')"),
            grown("10", "ns.x * ns.x"),
            grown("[1]", "ns.x | map('tojson') | list") + "{{ ns.x }}",
            "{{ 2 ** 99999999999 }}",
            "{{ '%999999999d' % 1 }}",
            "{{ 'x'.center(999999999) }}",
            "{{ 'x' * 9999999999 }}",
            "{{ [0] * 999999999 }}",
            "{{ range(99999) | batch(1, 2) | list | batch(99999999, 3) | list }}",
            "{{ [1] | slice(999999999) | list }}",
            "{{ 'x' | indent(999999999, true) }}",
            "{{ [1] | tojson(indent=999999999) }}",
            "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
            "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
            "{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}",
            "{{ " + "not ".repeat(20_000) + "1 }}",
            "{{ " + "-".repeat(20_000) + "1 }}",
            "{{ 1" + " + 1".repeat(20_000) + " }}",
            "{{ 'x'" + " | upper".repeat(20_000) + " }}",
            "{{ x" + ".a".repeat(20_000) + " }}",
            "{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000),
            "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}"
                + "{% endfor %}{{ ns.x }}",
            "{% set ns = namespace() %}{% set ns.x = [ns] %}{{ ns }}");
    // the smallest stack that a thread of the jobs has is larger
    Thread small =
        new Thread(null, () -> greedy.forEach(JinjaTemplateTest::refusal), "small", 512 << 10);
    List<Throwable> failures = new ArrayList<>();
    small.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    small.start();
    small.join();
    assertEquals(List.of(), failures);
  }

  private static String grown(String start, String next) {
    return "{% set ns = namespace(x="
        + start
        + ") %}{% for i in range(60) %}{% set ns.x = "
        + next
        + " %}{% endfor %}";
  }

  private static JinjaException refusal(String source) {
    return assertThrows(
        JinjaException.class,
        () -> render(source),
        () -> "no error for " + source.substring(0, Math.min(80, source.length())));
  }

  /** Pieces of templates in places where they do not belong. */
  @Test
  void brokenTemplatesGiveATextOrAnError() {
    Random random = new Random(7);
    List<String> sources = CASES.stream().map(one -> one.get("source").asText()).toList();
    int texts = 0;
    for (int i = 0; i < 4000; i++) {
      StringBuilder source = new StringBuilder(sources.get(random.nextInt(sources.size())));
      String other = sources.get(random.nextInt(sources.size()));
      for (int cut = random.nextInt(3); cut >= 0; cut--) {
        int at = random.nextInt(source.length() + 1);
        int from = random.nextInt(other.length());
        int to = Math.min(other.length(), from + random.nextInt(12));
        source.replace(
            at, Math.min(source.length(), at + random.nextInt(6)), other.substring(from, to));
      }
      try {
        render(source.toString());
        texts++;
      } catch (JinjaException expected) {
        assertTrue(expected.getMessage().startsWith("line "), expected.getMessage());
      }
    }
    assertTrue(texts > 200, texts + " of them gave a text");
  }
}
