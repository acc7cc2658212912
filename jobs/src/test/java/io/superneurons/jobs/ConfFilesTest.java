package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigFile;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.label.TryCommand;
import io.superneurons.jobs.report.ReportCommand;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The files in conf/ have every option but those that belong on the command line. */
class ConfFilesTest {
  /** Beside those that are required. */
  private static final Set<String> ON_THE_COMMAND_LINE = Set.of("config", "help", "version");

  @TempDir private Path folder;

  @Test
  void extractsFileHasItsOptions() throws IOException {
    check("extract", new ExtractJob());
  }

  @Test
  void selectsFileHasItsOptions() throws IOException {
    check("select", new SelectJob());
  }

  @Test
  void labelsFileHasItsOptions() throws IOException {
    check("label", new LabelJob());
  }

  /** What help shows is a file that the command takes. */
  @Test
  void helpNamesTheFileOfACommandThatHasOne() {
    for (Callable<Integer> job : List.of(new ExtractJob(), new SelectJob(), new LabelJob())) {
      String name = new CommandLine(job).getCommandName();
      String help = Printed.onOutput(() -> JobMain.run(job, "--help")).said();
      assertTrue(help.endsWith("  Example: --config conf/" + name + ".properties\n"), help);
    }
    for (Callable<Integer> job : List.of(new ReportCommand(), new TryCommand())) {
      String help = Printed.onOutput(() -> JobMain.run(job, "--help")).said();
      assertFalse(help.contains(".properties"), help);
    }
  }

  private void check(String name, Callable<Integer> job) throws IOException {
    String text = Files.readString(Path.of("../conf", name + ".properties"));
    // with what is commented out as an example put in force
    String all = text.replaceAll("(?m)^# ([a-z-]+ = )", "$1");
    CommandLine line = new CommandLine(job);
    assertEquals(options(line), keys(all), name);
    accepted(line, all);
    Set<String> given = keys(text);
    for (OptionSpec option : line.getCommandSpec().options()) {
      String key = key(option);
      if (given.contains(key) && option.defaultValue() != null) {
        assertEquals(option.defaultValue(), value(text, key), "the default of " + key);
      }
    }
  }

  private static Set<String> options(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .filter(option -> !option.required())
        .map(ConfFilesTest::key)
        .filter(key -> !ON_THE_COMMAND_LINE.contains(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  private static Set<String> keys(String text) throws IOException {
    return new TreeSet<>(properties(text).stringPropertyNames());
  }

  private static String value(String text, String key) throws IOException {
    return properties(text).getProperty(key);
  }

  private static Properties properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return properties;
  }

  private void accepted(CommandLine line, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("all.properties"), text);
    List<String> arguments = new ArrayList<>(List.of("--config=" + file));
    line.getCommandSpec().options().stream()
        .filter(OptionSpec::required)
        .forEach(option -> arguments.add(option.longestName() + "=there"));
    String[] args = arguments.toArray(String[]::new);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(ConfigFile.of(args));
    line.parseArgs(args);
  }
}
