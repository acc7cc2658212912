package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.cli.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final String LOST = "aaaaaaaaaaaa";
  private static final String HELD = "bbbbbbbbbbbb";

  @TempDir private Path folder;
  private OutputFolder output;

  @BeforeEach
  void find() {
    output = OutputFolder.check(new Configuration(false), folder.toString(), Existing.RESUME);
  }

  /** Whether a Spark task has handed its files over or not, on disks and on object stores. */
  @Test
  void whatARunStagedIsTakenAwayAndNothingElse() throws IOException {
    write("_temporary/1/task_" + LOST + "_0000_m_000000/part-00000-00000-" + LOST);
    write("_temporary/2/_temporary/attempt_" + LOST + "_0001_m_000000_3/part-00001");
    write("__magic_job-" + LOST + "-00000/tasks/task.pendingset");
    write("part-00000-00000-" + LOST + ".parquet");
    write("_temporary/3/task_" + HELD + "_0000_m_000000/part-00000-00000-" + HELD);
    write("__magic_job-" + HELD + "-00000/tasks/task.pendingset");
    Leftovers.removeStaged(output, LOST);
    assertEquals(
        List.of(
            "__magic_job-" + HELD + "-00000/tasks/task.pendingset",
            "_temporary/3/task_" + HELD + "_0000_m_000000/part-00000-00000-" + HELD,
            "part-00000-00000-" + LOST + ".parquet"),
        files());
    Leftovers.removeStaged(output, HELD);
    assertEquals(List.of("part-00000-00000-" + LOST + ".parquet"), files());
    assertEquals(0, entries("_temporary"));
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private long entries(String name) throws IOException {
    Path place = folder.resolve(name);
    if (Files.notExists(place)) {
      return 0;
    }
    try (Stream<Path> found = Files.list(place)) {
      return found.count();
    }
  }
}
