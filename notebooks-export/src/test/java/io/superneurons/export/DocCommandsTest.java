package io.superneurons.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.ExtractJob;
import io.superneurons.jobs.LabelJob;
import io.superneurons.jobs.SelectJob;
import io.superneurons.jobs.bench.BenchCommand;
import io.superneurons.jobs.bench.select.BenchSelectCommand;
import io.superneurons.jobs.label.TryCommand;
import io.superneurons.jobs.model.InspectCommand;
import io.superneurons.jobs.report.ReportCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every command of the program that README and docs print can be parsed: its options are there,
 * take such values, and none that is needed is missing.
 */
class DocCommandsTest {
  private static final Path ROOT = Path.of("..");

  private static final Map<String, Supplier<Object>> COMMANDS =
      Map.of(
          "extract", ExtractJob::new,
          "select", SelectJob::new,
          "label", LabelJob::new,
          "report", ReportCommand::new,
          "try", TryCommand::new,
          "export", ExportJob::new,
          "inspect", InspectCommand::new,
          "bench", BenchCommand::new,
          "bench-select", BenchSelectCommand::new);

  /** Commands that the launcher itself answers, or that take no options. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("demo", "help", "completion");

  /** Options of spark-submit, which the launcher takes out. */
  private static final Set<String> SPARKS =
      Set.of(
          "--master",
          "--conf",
          "--driver-memory",
          "--deploy-mode",
          "--properties-file",
          "--packages",
          "--jars");

  private static final Pattern START = Pattern.compile("(?:\\./)?(?:bin/)?superneurons ([a-z-]+)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** A command in a text. */
  private record Printed(Path file, String command, String options) {
    @Override
    public String toString() {
      return file + ": superneurons " + command + " " + options;
    }
  }

  private static List<Path> texts() throws IOException {
    List<Path> texts = new ArrayList<>();
    for (String name :
        List.of("README.md", "CONTRIBUTING.md", "deploy/README.md", "notebooks-export/README.md")) {
      texts.add(ROOT.resolve(name));
    }
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(texts::add);
    }
    return texts;
  }

  /**
   * Commands in indented blocks, over lines that end in a backslash; and those between backticks.
   */
  private static List<Printed> printed(Path file) throws IOException {
    List<Printed> found = new ArrayList<>();
    String text = Files.readString(file).replaceAll("\\\\\n\\s*", " ");
    for (String line : text.lines().toList()) {
      if (line.startsWith("    ")) {
        Matcher start = START.matcher(line.strip());
        if (start.lookingAt()) {
          found.add(new Printed(file, start.group(1), line.strip().substring(start.end())));
        }
      }
    }
    Matcher inline =
        Pattern.compile("`" + START.pattern() + "([^`]*)`").matcher(text.replace('\n', ' '));
    while (inline.find()) {
      if (inline.group(2).contains("--")) {
        found.add(new Printed(file, inline.group(1), inline.group(2)));
      }
    }
    return found;
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(options.replaceAll("\\s#.*", ""));
    while (word.find()) {
      for (int group = 1; group <= 3; group++) {
        if (word.group(group) != null) {
          words.add(word.group(group));
        }
      }
    }
    return words;
  }

  private static String problem(Printed printed) {
    if (OF_THE_LAUNCHER.contains(printed.command())) {
      return "";
    }
    if (!COMMANDS.containsKey(printed.command())) {
      return "there is no such command: " + printed;
    }
    List<String> words = words(printed.options());
    for (int i = 0; i < words.size(); i++) {
      if (SPARKS.contains(words.get(i))) {
        words.subList(i, i + 2).clear();
        i--;
      }
    }
    CommandLine line = new CommandLine(COMMANDS.get(printed.command()).get());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUnmatchedOptionsAllowedAsOptionParameters(false);
    try {
      line.parseArgs(words.toArray(String[]::new));
      return "";
    } catch (CommandLine.ParameterException e) {
      return e.getMessage() + ": " + printed;
    }
  }

  @Test
  void everyPrintedCommandCanBeParsed() throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Path file : texts()) {
      for (Printed printed : printed(file)) {
        seen.add(printed.command());
        String problem = problem(printed);
        if (!problem.isEmpty()) {
          problems.add(problem);
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(seen.containsAll(Set.of("extract", "select", "label", "report", "export", "demo")));
  }

  @Test
  void whatIsWrongIsFound() {
    Path file = Path.of("x.md");
    assertTrue(problem(new Printed(file, "lable", "")).contains("no such command"));
    assertTrue(problem(new Printed(file, "report", "--selektion x")).contains("--sele"));
    assertTrue(problem(new Printed(file, "extract", "--model m")).contains("--"));
    assertEquals("", problem(new Printed(file, "report", "--master local --selection 'a b'")));
  }
}
