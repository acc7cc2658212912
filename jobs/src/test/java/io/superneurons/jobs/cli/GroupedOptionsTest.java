package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;

/** The help lists options in groups, each with its example. */
class GroupedOptionsTest {
  @HelpGroup(value = "Fruit", example = "--apple 3")
  static final class Fruit {
    @Option(names = "--apple", description = "How many apples.")
    int apples;

    @HelpGroup(value = "Nuts", example = "--almond 9")
    @Option(names = "--almond", description = "How many almonds.")
    int almonds;

    @Option(names = "--walnut", description = "How many walnuts.")
    int walnuts;

    @Option(names = "--peanut", hidden = true)
    int peanuts;
  }

  @Command(name = "eat", sortOptions = false)
  static final class Eat implements Callable<Integer> {
    @Mixin private Fruit fruit = new Fruit();

    @Option(names = "--slowly", description = "Take your time.")
    boolean slowly;

    @Override
    public Integer call() {
      return 0;
    }
  }

  @Test
  void groupsFollowTheClassesAndTheOptionsThatBeginThem() {
    CommandLine line = new CommandLine(new Eat());
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedOptions());
    StringWriter help = new StringWriter();
    line.usage(new PrintWriter(help));
    List<String> lines =
        help.toString().lines().filter(text -> !text.isBlank()).map(String::strip).toList();
    int fruit = lines.indexOf("Fruit:");
    assertTrue(fruit > 0, help.toString());
    assertTrue(lines.get(fruit + 1).startsWith("--apple"), help.toString());
    assertEquals("Example: --apple 3", lines.get(fruit + 2));
    assertEquals("Nuts:", lines.get(fruit + 3));
    assertTrue(lines.get(fruit + 5).startsWith("--walnut"), help.toString());
    assertEquals("Example: --almond 9", lines.get(fruit + 6));
    assertFalse(help.toString().contains("--peanut"), "hidden options are not listed");
    assertTrue(lines.indexOf("Options:") >= 0, "options without a group are listed too");
  }
}
