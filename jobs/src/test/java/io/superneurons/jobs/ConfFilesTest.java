package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The files in conf/ hold options that exist, with values that are accepted. */
class ConfFilesTest {
  @TempDir private Path folder;

  @Test
  void extractTakesItsFile() throws IOException {
    CommandLine.ParseResult parsed = parse("extract.properties", new ExtractJob());
    assertEquals(InputFormat.AUTO, parsed.matchedOptionValue("--format", InputFormat.AUTO));
  }

  @Test
  void labelTakesItsFile() throws IOException {
    parse("label.properties", new LabelJob(), "--superneurons=s");
  }

  /** With what is commented out as an example put in force. */
  private CommandLine.ParseResult parse(String name, Callable<Integer> job, String... more)
      throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("../conf").resolve(name)).stream()
            .map(line -> line.replaceFirst("^# ([a-z-]+ = )", "$1"))
            .toList();
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("columns = ")));
    Path file = Files.write(folder.resolve(name), lines);
    CommandLine line = new CommandLine(job);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(ConfigFile.of(new String[] {"--config=" + file}));
    List<String> arguments = new ArrayList<>(List.of("--model=m", "--input=i", "--output=o"));
    arguments.addAll(List.of(more));
    return line.parseArgs(arguments.toArray(String[]::new));
  }
}
