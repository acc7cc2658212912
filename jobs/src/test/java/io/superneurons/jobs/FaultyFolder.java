package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.FaultPlan.Step;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
import io.superneurons.jobs.label.LabelOptions;
import io.superneurons.jobs.label.LabelRun;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/**
 * A folder that runs write on a file system that goes wrong, and the input that they read. After
 * each run it can be checked that rows done, rows failed and rows left are those of the input, none
 * twice, and that none are left where there is a {@code _SUCCESS}.
 */
final class FaultyFolder {
  /** What a run does. */
  enum Job {
    /** {@code extract --resume}. */
    EXTRACT,
    /** {@code label --incremental}. */
    LABEL
  }

  /** A run that has begun. */
  record Begun(String name, FaultyRun calls, FutureTask<Exception> attempt) {

    boolean hasEnded() {
      return attempt.isDone();
    }

    /** Waits until it stands still, or has ended. */
    void untilItStands() throws InterruptedException {
      while (!hasEnded() && !calls.standsWithin(5)) {}
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final String LONG_AGO = "2026-01-01T00:00:00Z";

  /** No two of a process have one name, which tells their file systems apart. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 3, 1);

  private final SparkSession spark;
  private final Path folder;
  private final Job job;
  private final long seed;
  private final int rowsPerCommit;
  private final FaultyInput input;
  private final List<String> story = new ArrayList<>();
  private final Set<Step> struck = EnumSet.noneOf(Step.class);
  private List<Path> filesAtSuccess = List.of();
  private int nights;

  /**
   * @param folder an empty one
   * @param seed names its runs, with the job
   * @param rowsPerCommit rows of a wave
   */
  FaultyFolder(SparkSession spark, Path folder, Job job, long seed, int rowsPerCommit)
      throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.job = job;
    this.seed = seed;
    this.rowsPerCommit = rowsPerCommit;
    this.input = new FaultyInput(folder);
    new NightlyCorpus(folder).superNeurons("", "");
  }

  FaultyInput input() {
    return input;
  }

  Path output() {
    return folder.resolve("out");
  }

  /** Steps at which something went wrong so far. */
  Set<Step> struck() {
    return struck;
  }

  /** How many rows are done. */
  long done() throws IOException {
    return RowsFound.in(output()).rows().stream().filter(RowsFound.Found::done).count();
  }

  /** The next night, with something to tell of it. */
  void nextNight(String told) {
    story.add(told);
    nights++;
  }

  void tell(String told) {
    story.add(told);
  }

  /** Begins a run; {@link #end} waits for it. */
  Begun begin(FaultPlan plan) {
    String name =
        String.format(
            Locale.ROOT,
            "%s-%d-%d",
            job.name().toLowerCase(Locale.ROOT),
            seed,
            RUNS.getAndIncrement());
    FaultyRun calls = FaultyFileSystem.plan(spark.sparkContext().hadoopConfiguration(), name, plan);
    FutureTask<Exception> attempt = new FutureTask<>(() -> attempt(name));
    new Thread(attempt, name).start();
    return new Begun(name, calls, attempt);
  }

  /** What a run ended with, or null. */
  Exception end(Begun run) throws InterruptedException {
    try {
      Exception end = run.attempt().get();
      struck.addAll(run.calls().struck());
      String how = end == null ? "well" : "with " + end;
      story.add(run.name() + " with " + run.calls().story() + " ended " + how);
      return end;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One run; what it ended with, or null. */
  Exception alone(FaultPlan plan) throws IOException, InterruptedException {
    List<Path> before = RowsFound.files(output());
    Exception end = end(begin(plan));
    check(end == null);
    leave();
    if (isChangedRow(end)) {
      assertEquals(before, RowsFound.files(output()), this::story);
      input.takeBackQuestions();
      story.add("input: the first questions");
      return alone(FaultPlan.NONE);
    }
    return end;
  }

  /** In one folder an id has one row, so one that is done is not to change. */
  boolean isChangedRow(Exception end) {
    return job == Job.EXTRACT
        && end instanceof ConfigurationException
        && end.getMessage().contains("done with another image, question");
  }

  private Exception attempt(String name) {
    try {
      switch (job) {
        case EXTRACT -> {
          ExtractOptions options = parsed(new ExtractOptions(), name, extract());
          ExtractRun.of(options, nowhere()).run(spark);
        }
        case LABEL -> {
          LabelOptions options = parsed(new LabelOptions(), name, label());
          LabelRun.of(options, nowhere()).run(spark);
        }
      }
      return null;
    } catch (Exception e) { // a fault may come up as anything
      return e;
    }
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }

  private <T> T parsed(T options, String name, List<String> own) {
    List<String> args = new ArrayList<>(own);
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--input", input.manifest().toString(), "--dtype", "float32"));
    args.addAll(List.of("--output", FaultyFileSystem.SCHEME + "://" + name + output()));
    args.addAll(
        List.of(
            "--rows-per-commit",
            Integer.toString(rowsPerCommit),
            "--rows-per-file",
            "2",
            "--partitions",
            "4"));
    args.addAll(List.of("--batch-size", "1"));
    CommandLine line = new CommandLine(options);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(args.toArray(String[]::new));
    return options;
  }

  private List<String> extract() {
    return List.of("--resume", "--layers", "0", "--sites", "resid_post");
  }

  private List<String> label() {
    String night = FIRST_NIGHT.plusDays(nights).toString();
    return List.of("--superneurons", folder.toString(), "--incremental", "--run-date", night);
  }

  /** Checks all that must hold, whatever happened. */
  void check(boolean endedWell) throws IOException {
    RowsFound found = RowsFound.in(output());
    assertEquals(List.of(), found.twice(), () -> "twice: " + story());
    Path success = output().resolve("_SUCCESS");
    assertTrue(Files.exists(success) || !endedWell, () -> "no _SUCCESS: " + story());
    List<Path> files = RowsFound.files(output());
    boolean isOfAnEarlierInput = !endedWell && files.equals(filesAtSuccess);
    if (Files.exists(success) && !isOfAnEarlierInput) {
      requireWhole(found);
      filesAtSuccess = files;
    }
    if (endedWell) {
      requireCounts();
    }
  }

  private void requireWhole(RowsFound found) throws IOException {
    for (Map.Entry<String, String> row : input.questions().entrySet()) {
      String id = row.getKey();
      RowsFound.Found latest =
          found.latest(id).orElseThrow(() -> new AssertionError(id + " is left: " + story()));
      assertEquals(row.getValue(), latest.question(), () -> id + ": " + story());
      boolean hasNone = latest.imageVersion() == null && input.wasAway(id);
      if (job == Job.LABEL && latest.done() && !hasNone) {
        assertEquals(input.imageVersion(id), latest.imageVersion(), () -> id + ": " + story());
      }
    }
  }

  private void requireCounts() throws IOException {
    JsonNode summary = JSON.readTree(output().resolve("_summary.json").toFile());
    int rows = summary.get("input_rows").asInt();
    assertEquals(input.questions().size(), rows, this::story);
    int told =
        summary.get("done_before").asInt()
            + summary.get("done").asInt()
            + summary.get("failed").asInt();
    assertEquals(rows, told, this::story);
    assertEquals(0, summary.get("left").asInt(), this::story);
  }

  /** As if the process of the run that has locked the folder were gone. */
  void leave() throws IOException {
    Path lock = output().resolve("_lock");
    if (Files.exists(lock)) {
      if (Files.size(lock) > 0) {
        ObjectNode owner = (ObjectNode) JSON.readTree(lock.toFile());
        owner.put("process_started", LONG_AGO);
        Files.writeString(lock, owner.toString());
      } else {
        Files.delete(lock); // only time would tell that it is left
      }
    }
  }

  /** As if Spark tasks of a run whose driver stands still had staged their files just now. */
  void stageLate() throws IOException {
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    try (Stream<Path> files = Files.walk(output())) {
      for (Path file : files.filter(f -> f.toString().contains("/_temporary/")).toList()) {
        Files.setLastModifiedTime(file, later);
      }
    }
  }

  String story() {
    return String.format(Locale.ROOT, "%s, seed %d:%n%s", job, seed, String.join("\n", story));
  }
}
