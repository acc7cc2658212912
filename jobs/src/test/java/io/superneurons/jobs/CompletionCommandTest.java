package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Completion offers options and values as the help writes them. */
class CompletionCommandTest {
  @Test
  void whatTheLauncherAnswersItselfIsOfferedToo() {
    String script = CompletionCommand.script();
    String help = function(script, "_picocli_superneurons_help");
    Matcher offered = Pattern.compile("local commands=\"([^\"]*)\"").matcher(help);
    assertTrue(offered.find(), help);
    assertTrue(
        List.of(offered.group(1).split(" "))
            .containsAll(List.of("extract", "label", "bench-select", "demo")),
        help);
    String demo = function(script, "_picocli_superneurons_demo");
    assertTrue(demo.contains("'--output'") && demo.contains("'--help'"), demo);
  }

  @Test
  void helpIsNotTheScript() {
    assertEquals(CompletionCommand.script(), CompletionCommand.text());
    String help = CompletionCommand.text("--help");
    assertTrue(help.startsWith("Usage: superneurons completion\n"), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  private static String function(String script, String name) {
    return script.split("\nfunction " + name + "\\(\\) \\{\n", 2)[1].split("\n}\n", 2)[0];
  }

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
