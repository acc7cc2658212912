package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.FaultyFileSystem.Fault;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Runs on a file system that fails at random steps of staging, commit, lock and resume, each taken
 * up by the next: no row is lost or there twice, and none is called done that is not.
 */
class RunFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final int ROWS = 6;
  private static final String FLAKY = "image5.png";

  /** Most faulty runs of a sequence, before the one that nothing happens to. */
  private static final int FAULTY_RUNS = 3;

  /** About the calls of a run on a new folder; faults after the last one do not come up. */
  private static final int CALLS = 80;

  /** Another number of sequences, for a longer search than a build has time for. */
  private static final int SEEDS = Integer.getInteger("faults.seeds", 6);

  private static SparkSession spark;

  @TempDir private Path folder;
  private final List<String> story = new ArrayList<>();

  @BeforeAll
  static void session() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2, 3]") // so that a task that fails is tried again
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            // compiling takes longer than these few rows
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .set("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName());
    spark = SparkSession.builder().config(Sessions.settings(conf)).appName("faults").getOrCreate();
  }

  @AfterAll
  static void end() throws IOException {
    spark.close();
  }

  @BeforeEach
  void corpus() throws IOException {
    Path images = FIXTURE.folder().resolve("images").toAbsolutePath();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Files.copy(images.resolve(i % 3 + ".png"), folder.resolve("image" + i + ".png"));
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"id\": \"row%1$d\", \"image\": \"image%1$d.png\", \"question\": \"Is it?\"}",
              i));
    }
    Files.write(folder.resolve("manifest.jsonl"), lines);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noFaultLosesOrDoublesARow(long seed) throws IOException {
    Random random = new Random(seed);
    for (int run = 0; run < FAULTY_RUNS && ids("part-").size() < ROWS; run++) {
      setFlakyImage(random.nextBoolean());
      run(faults(random), seed);
    }
    setFlakyImage(true);
    assertTrue(run(Map.of(), seed), () -> story(seed));
    assertEquals(ROWS, ids("part-").size(), () -> story(seed));
    assertEquals(List.of(), ids("errors-"), () -> story(seed));
  }

  /** One run and what must hold after it; whether it came to its end. */
  private boolean run(Map<Integer, Fault> faults, long seed) throws IOException {
    story.add("run with " + faults);
    FaultyFileSystem.plan(faults);
    boolean ended = endsWell();
    story.add(String.format(Locale.ROOT, "  %d calls, ended %s", FaultyFileSystem.calls(), ended));
    FaultyFileSystem.plan(Map.of());
    check(ended, seed);
    releaseLock();
    return ended;
  }

  @Test
  void aStopThatIsTakenBackLeavesRowsForTheNextRun() throws IOException {
    Map<Integer, Fault> shown = new HashMap<>();
    IntStream.range(0, CALLS).forEach(call -> shown.put(call, Fault.STOP_SHOWN));
    FaultyFileSystem.plan(shown);
    RunStoppedException stopped = assertThrows(RunStoppedException.class, this::extract);
    assertTrue(stopped.getMessage().contains("rows left"), stopped.getMessage());
    assertTrue(Files.notExists(output().resolve("_SUCCESS")));
    assertTrue(ids("part-").size() < ROWS);
    FaultyFileSystem.plan(Map.of());
    extract();
    assertEquals(ROWS, ids("part-").size());
    assertTrue(Files.exists(output().resolve("_SUCCESS")));
  }

  private static Map<Integer, Fault> faults(Random random) {
    Map<Integer, Fault> faults = new HashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Fault[] kinds = Fault.values();
      faults.put(random.nextInt(CALLS), kinds[random.nextInt(kinds.length)]);
    }
    return faults;
  }

  /** The image of the last row comes and goes, so that the row changes between done and failed. */
  private void setFlakyImage(boolean there) throws IOException {
    Path image = folder.resolve(FLAKY);
    Path away = folder.resolve("away");
    if (there && Files.exists(away)) {
      Files.move(away, image);
    } else if (!there && Files.exists(image)) {
      Files.move(image, away);
    }
  }

  private boolean endsWell() {
    try {
      extract();
      return true;
    } catch (Exception e) { // a fault may come up as anything
      story.add("  " + e);
      return false;
    }
  }

  private void extract() throws IOException {
    ExtractOptions options = new ExtractOptions();
    CommandLine line = new CommandLine(options);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    List<String> args = new ArrayList<>(List.of("--resume", "--dtype", "float32"));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--input", folder.resolve("manifest.jsonl").toString()));
    args.addAll(List.of("--output", "faulty:" + output()));
    args.addAll(List.of("--layers", "0", "--sites", "resid_post", "--batch-size", "1"));
    args.addAll(List.of("--rows-per-commit", "3", "--rows-per-file", "2", "--partitions", "4"));
    line.parseArgs(args.toArray(String[]::new));
    ExtractRun.of(options, new PrintWriter(new StringWriter())).run(spark);
  }

  private Path output() {
    return folder.resolve("out");
  }

  private void check(boolean endedWell, long seed) throws IOException {
    List<String> done = ids("part-");
    List<String> failed = ids("errors-");
    List<String> all = new ArrayList<>(done);
    all.addAll(failed);
    Collections.sort(all);
    assertEquals(List.copyOf(new TreeSet<>(all)), all, () -> "twice: " + story(seed));
    boolean success = Files.exists(output().resolve("_SUCCESS"));
    assertTrue(success || !endedWell, () -> "no _SUCCESS: " + story(seed));
    assertTrue(!success || all.size() == ROWS, () -> "rows are left: " + all + story(seed));
  }

  /** The ids of the rows that a reader of the folder finds. */
  private List<String> ids(String prefix) throws IOException {
    if (Files.notExists(output())) {
      return List.of();
    }
    List<String> files;
    try (Stream<Path> found = Files.walk(output())) {
      files =
          found
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .map(Path::toString)
              .filter(file -> !file.contains("_temporary"))
              .toList();
    }
    return files.isEmpty()
        ? List.of()
        : spark
            .read()
            .parquet(files.toArray(String[]::new))
            .select("id")
            .as(Encoders.STRING())
            .collectAsList();
  }

  /** As if the process of the run were gone: its lock, if it is left, names one that ended. */
  private void releaseLock() throws IOException {
    Path lock = output().resolve("_lock");
    if (Files.exists(lock) && Files.size(lock) > 0) {
      ObjectNode owner = (ObjectNode) JSON.readTree(lock.toFile());
      Files.writeString(lock, owner.put("renewed", "2026-01-01T00:00:00Z").toString());
    } else {
      Files.deleteIfExists(lock); // waits for its age otherwise
    }
  }

  private String story(long seed) {
    return String.format(Locale.ROOT, "seed %d:%n%s", seed, String.join("\n", story));
  }
}
