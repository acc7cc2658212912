package io.superneurons.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that a benchmark works in. */
public final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private WorkFolder(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /** A new folder, which is gone when the benchmark has ended. */
  public static WorkFolder temporary(String prefix) throws IOException {
    return new WorkFolder(Files.createTempDirectory(prefix), true);
  }

  /** A folder of the user's, which is made and stays. */
  public static WorkFolder kept(Path path) throws IOException {
    return new WorkFolder(Files.createDirectories(path), false);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
