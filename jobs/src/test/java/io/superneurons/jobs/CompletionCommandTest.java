package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Completion offers options and values as the help writes them. */
class CompletionCommandTest {
  @Test
  void valuesAreOfferedAsTheHelpSpellsThem() {
    String script = CompletionCommand.script();
    Map<String, String> values = new TreeMap<>();
    Matcher found = Pattern.compile("_option_args=\\((.*)\\) # --(\\S+) values").matcher(script);
    while (found.find()) {
      values.merge(found.group(2), found.group(1), (one, other) -> one + " " + other);
    }
    assertEquals("\"model\" \"deepest\"", values.get("last-resort"));
    assertEquals(
        "\"auto\" \"zero\" \"midpoint\" \"best-cut\" \"nearest-mean\" \"one-vs-rest\"",
        values.get("rule"));
    assertEquals(
        "\"accuracy\" \"balanced-accuracy\" \"macro-f1\" \"mcc\" \"auc\"", values.get("metric"));
    assertEquals("\"top-k\" \"threshold\" \"greedy\" \"auto\"", values.get("pick"));
    values.forEach(
        (option, offered) -> assertFalse(Pattern.compile("[A-Z]").matcher(offered).find(), option));
    assertTrue(script.contains("'--images'"), "options of the report");
    assertTrue(script.contains("'--labels-from'"), "options that stand in a group of theirs");
  }
}
