package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.run.LockOwner;
import io.superneurons.jobs.run.RunLock;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose folder another one took over, at the worst moments. */
class RunTakeoverTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMPLEMENTATION = "spark.hadoop.fs.taken.impl";

  @TempDir private Path folder;
  private Path output;
  private Path staged;

  @BeforeEach
  void manifest() throws IOException {
    output = folder.resolve("out");
    staged = output.resolve("_temporary/7/task_successor_m_000000/part-00000-00000-bbbbbbbbbbbb");
    List<String> rows = new ArrayList<>();
    Path images = FIXTURE.folder().resolve("images").toAbsolutePath();
    for (int i = 0; i < 6; i++) {
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"id\": \"row%d\", \"image\": \"%s/%d.png\", \"question\": \"Is it?\"}",
              i,
              images,
              i % 3));
    }
    Files.write(folder.resolve("manifest.jsonl"), rows);
    System.setProperty(IMPLEMENTATION, TakenFileSystem.class.getName());
  }

  @AfterEach
  void leave() {
    System.clearProperty(IMPLEMENTATION);
    TakenFileSystem.beforeRename = () -> {};
    TakenFileSystem.beforeAppearing = () -> {};
  }

  /** Before the first task hands its file over, so before the check that precedes the commit. */
  @Test
  void aRunThatLostItsLockCommitsNothingAndLeavesWhatItsSuccessorStages() throws IOException {
    TakenFileSystem.beforeRename = this::takeOver;
    assertEquals(1, extract("taken:" + output));
    assertEquals(List.of(), parts());
    assertEquals("rows of the successor", Files.readString(staged));
    assertFalse(Files.exists(output.resolve("_SUCCESS")));
    Files.delete(output.resolve(RunLock.FILE_NAME));
    TakenFileSystem.beforeRename = () -> {};
    assertEquals(0, extract(output.toString(), "--resume"));
    assertEquals(6, metadata().path("rows").asInt());
    assertTrue(Files.exists(output.resolve("_SUCCESS")));
  }

  /** The file of a run that checked its lock, stood still, and committed when it had lost it. */
  @Test
  void aFileThatComesFromALostRunIsTakenAway() throws IOException {
    Path late = output.resolve("part-00000-00000-aaaaaaaaaaaa.parquet");
    TakenFileSystem.beforeRename = () -> writeOnce(late, "rows of a run that lost the lock");
    assertEquals(0, extract("taken:" + output));
    assertFalse(Files.exists(late));
    assertEquals(1, parts().size());
    assertEquals(6, metadata().path("rows").asInt());
  }

  /** A store that loses a file that it had taken. */
  @Test
  void aWaveWhoseFileIsGoneIsNotDone() throws IOException {
    TakenFileSystem.losesParts = true;
    try {
      assertEquals(1, extract("taken:" + output));
    } finally {
      TakenFileSystem.losesParts = false;
    }
    assertFalse(Files.exists(output.resolve("_SUCCESS")));
    assertEquals(0, extract("taken:" + output, "--resume"));
    assertEquals(6, metadata().path("rows").asInt());
  }

  /** It stands still between its last look at the lock and its commit, until all is done. */
  @Test
  void whatComesLateOfARunThatLostTheFolderIsTakenAway() throws IOException {
    TakenFileSystem.beforeAppearing = this::leaveToSuccessor;
    assertEquals(1, extract("taken:" + output));
    assertEquals(1, parts().size(), "its own file is gone again");
    assertTrue(Files.exists(output.resolve("_SUCCESS")));
    assertEquals(6, metadata().path("rows").asInt());
    Path late = output.resolve("part-00000-00000-" + lostRun() + ".parquet");
    Files.copy(output.resolve(parts().get(0)), late);
    assertEquals(0, extract(output.toString(), "--resume"), "it was killed before it could do so");
    assertFalse(Files.exists(late));
    assertEquals(6, metadata().path("rows").asInt());
    assertEquals(0, extract(output.toString(), "--overwrite"));
    Files.copy(output.resolve(parts().get(0)), late);
    assertEquals(0, extract(output.toString(), "--resume"), "after all was replaced");
    assertFalse(Files.exists(late));
  }

  /** Once; the run that stands still is this very process, so its lock names another one. */
  private void leaveToSuccessor() {
    TakenFileSystem.beforeAppearing = () -> {};
    Path lock = output.resolve(RunLock.FILE_NAME);
    try {
      ObjectNode owner = (ObjectNode) JSON.readTree(lock.toFile());
      Files.writeString(lock, owner.put("process_started", "before").toString());
      touchStagedFiles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals(0, extract(output.toString(), "--resume"));
  }

  /** Its executors go on while the driver stands still. */
  private void touchStagedFiles() throws IOException {
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    try (Stream<Path> files = Files.walk(output.resolve("_temporary"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, later);
      }
    }
  }

  private String lostRun() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("_taken-"))
          .map(name -> name.substring("_taken-".length()))
          .findFirst()
          .orElseThrow();
    }
  }

  private void takeOver() {
    writeOnce(staged, "rows of the successor");
    try {
      Files.writeString(output.resolve(RunLock.FILE_NAME), LockOwner.self(Instant.now()).toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeOnce(Path file, String text) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int extract(String to, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--input", folder.resolve("manifest.jsonl").toString()));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--layers", "0", "--output", to));
    args.addAll(List.of("--image-roots", FIXTURE.folder().toAbsolutePath().toString()));
    args.addAll(List.of(more));
    return JobMain.run(new ExtractJob(), args.toArray(String[]::new));
  }

  private List<String> parts() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("part-"))
          .toList();
    }
  }

  private JsonNode metadata() throws IOException {
    return JSON.readTree(output.resolve("_superneurons.json").toFile());
  }

  /** Local disks behind {@code taken:}, where something happens before any file is moved. */
  public static final class TakenFileSystem extends RawLocalFileSystem {
    private static volatile Runnable beforeRename = () -> {};

    /** Before the files of a wave get their places. */
    private static volatile Runnable beforeAppearing = () -> {};

    private static volatile boolean losesParts;

    @Override
    public URI getUri() {
      return URI.create("taken:///");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      beforeRename.run();
      if (to.getName().startsWith("part-") && !to.toString().contains("_temporary")) {
        beforeAppearing.run();
      }
      boolean isLost = losesParts && to.getName().startsWith("part-");
      return isLost ? delete(from, false) : super.rename(from, to);
    }
  }
}
