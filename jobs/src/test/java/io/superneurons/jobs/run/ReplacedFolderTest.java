package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there stays until all that is new can take its place. */
class ReplacedFolderTest {
  private static final String MARKER = "superneurons.json";
  private static final String OLD = "{\"format\": \"superneurons\", \"is\": \"old\"}";
  private static final String NEW = "{\"format\": \"superneurons\", \"is\": \"new\"}";

  @TempDir private Path temp;
  private final Configuration conf = new Configuration(false);
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("out"));
    Files.writeString(folder.resolve(MARKER), OLD);
    Files.writeString(Files.createDirectory(folder.resolve("scores")).resolve("part"), "old");
    Files.createDirectory(folder.resolve("only-old"));
  }

  @Test
  void whatIsNewTakesThePlaceOfAllThatWasThere() throws IOException {
    try (ReplacedFolder replaced = ReplacedFolder.begin(output())) {
      write(replaced);
      assertOld();
      replaced.appear(MARKER);
    }
    assertEquals(NEW, Files.readString(folder.resolve(MARKER)));
    assertEquals("new", Files.readString(folder.resolve("scores/part")));
    assertEquals(List.of("scores", MARKER), names());
  }

  @Test
  void aRunThatFailsLeavesWhatWasThere() throws IOException {
    try (ReplacedFolder replaced = ReplacedFolder.begin(output())) {
      write(replaced);
    }
    assertOld();
    assertEquals(List.of("only-old", "scores", MARKER), names());
  }

  @Test
  void aMoveThatFailsIsUndone() throws IOException {
    conf.set("fs.stuck.impl", StuckFileSystem.class.getName());
    OutputFolder stuck = OutputFolder.check(conf, "stuck:" + folder, Existing.OVERWRITE);
    try (ReplacedFolder replaced = ReplacedFolder.begin(stuck)) {
      write(replaced);
      assertThrows(IOException.class, () -> replaced.appear(MARKER));
    }
    assertOld();
    assertEquals(List.of("only-old", "scores", MARKER), names());
  }

  @Test
  void nothingAppearsAfterTheLockIsLost() throws IOException {
    try (ReplacedFolder replaced = ReplacedFolder.begin(output())) {
      write(replaced);
      Files.writeString(folder.resolve(RunLock.FILE_NAME), LockOwner.self(Instant.now()).toJson());
      assertThrows(IllegalStateException.class, () -> replaced.appear(MARKER));
    }
    assertOld();
  }

  @Test
  void aSecondRunIsRefused() throws IOException {
    try (ReplacedFolder replaced = ReplacedFolder.begin(output())) {
      assertThrows(ConfigurationException.class, () -> ReplacedFolder.begin(output()));
      write(replaced);
      replaced.appear(MARKER);
    }
    assertEquals(NEW, Files.readString(folder.resolve(MARKER)));
  }

  @Test
  void aNewFolderInWhichNothingAppearedGoes() throws IOException {
    Path fresh = temp.resolve("fresh");
    ReplacedFolder.begin(OutputFolder.check(conf, fresh.toString(), Existing.REFUSE)).close();
    assertFalse(Files.exists(fresh));
  }

  private static void write(ReplacedFolder replaced) throws IOException {
    replaced.write("scores/part", "new");
    replaced.write(MARKER, NEW);
  }

  private OutputFolder output() {
    return OutputFolder.check(conf, folder.toString(), Existing.OVERWRITE);
  }

  private void assertOld() throws IOException {
    assertEquals(OLD, Files.readString(folder.resolve(MARKER)));
    assertEquals("old", Files.readString(folder.resolve("scores/part")));
  }

  /** All but Hadoop's checksums. */
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  /** Local disks behind {@code stuck:}, where the marker cannot be put into its place. */
  public static final class StuckFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("stuck:///");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      boolean isNew = from.getParent().getName().startsWith("_staged-");
      return !(isNew && from.getName().equals(MARKER)) && super.rename(from, to);
    }
  }
}
