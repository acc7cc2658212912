package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.FaultPlan.Fault;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/**
 * Runs on one folder, each taken up by the next, on a file system that goes wrong, with input that
 * changes between them; some lose the folder to a second driver while they stand still. After each
 * it is checked that rows done, rows failed and rows left are those of the input, none twice, and
 * that none are left where there is a {@code _SUCCESS}.
 */
final class FaultySequence {
  /** What a run does. */
  enum Job {
    /** {@code extract --resume}. */
    EXTRACT,
    /** {@code label --incremental}. */
    LABEL
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  /** Calls in which a Spark task stages its files; those that make them appear are as many. */
  private static final int CALLS_OF_A_WRITER = 8;

  private static final String LONG_AGO = "2026-01-01T00:00:00Z";
  private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 3, 1);

  private final SparkSession spark;
  private final Path folder;
  private final Job job;
  private final long seed;
  private final Random random;
  private final List<Fault> kinds;
  private final FaultyInput input;
  private final List<String> story = new ArrayList<>();
  private final Set<Step> struck = EnumSet.noneOf(Step.class);
  private int takeovers;
  private boolean killsAnExecutor;
  private List<Path> filesAtSuccess = List.of();
  private int runs;
  private int nights;

  /**
   * @param folder an empty one
   * @param kinds faults that may happen
   */
  FaultySequence(SparkSession spark, Path folder, Job job, long seed, List<Fault> kinds)
      throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.job = job;
    this.seed = seed;
    this.random = new Random(seed);
    this.kinds = kinds;
    this.input = new FaultyInput(folder);
    new NightlyCorpus(folder).superNeurons("", "");
  }

  /** The same, of whose first run an executor is killed while it stages files; all else is well. */
  FaultySequence killingAnExecutor() {
    killsAnExecutor = true;
    return this;
  }

  /** Some runs that faults happen to, then one that must do all that is left. */
  void run(int faultyRuns) throws IOException, InterruptedException {
    for (int i = 0; i < faultyRuns; i++) {
      if (i > 0) {
        change();
      }
      input.setFlakyImage(random.nextBoolean());
      FaultPlan plan = FaultPlan.some(random, kinds);
      if (i == 0 && killsAnExecutor) {
        int call = random.nextInt(CALLS_OF_A_WRITER);
        FaultPlan.Planned killed = new FaultPlan.Planned(Step.STAGE, call, Fault.KILLED);
        assertTrue(endsWell(alone(FaultPlan.NONE.with(killed))), this::story);
      } else if (random.nextBoolean()) {
        contested(plan.with(pause()));
      } else {
        alone(plan);
      }
    }
    input.setFlakyImage(true);
    change();
    assertTrue(endsWell(alone(FaultPlan.NONE)), this::story);
    RowsFound found = RowsFound.in(output());
    for (String id : input.questions().keySet()) {
      assertTrue(found.latest(id).orElseThrow().done(), () -> id + " failed: " + story());
    }
  }

  /** Anywhere, and half of the times where it is worst: while files appear. */
  private FaultPlan.Planned pause() {
    FaultPlan.Planned anywhere = FaultPlan.one(random, Fault.PAUSED);
    return random.nextBoolean()
        ? anywhere
        : new FaultPlan.Planned(Step.COMMIT, random.nextInt(CALLS_OF_A_WRITER), Fault.PAUSED);
  }

  /** How many rows are done. */
  long done() throws IOException {
    return RowsFound.in(output()).rows().stream().filter(RowsFound.Found::done).count();
  }

  private void change() throws IOException {
    story.add("input: " + input.change(random));
    nights++;
  }

  private static boolean endsWell(Exception end) {
    return end == null;
  }

  /** One run; what it ended with, or null. */
  Exception alone(FaultPlan plan) throws IOException {
    String name = name();
    List<Path> before = RowsFound.files(output());
    FaultyRun run = FaultyFileSystem.plan(spark.sparkContext().hadoopConfiguration(), name, plan);
    Exception end = attempt(name);
    tell(name, run, end);
    check(endsWell(end));
    ageLock();
    if (isChangedRow(end)) {
      assertEquals(before, RowsFound.files(output()), this::story);
      input.takeBackQuestions();
      story.add("input: the first questions");
      return alone(FaultPlan.NONE);
    }
    return end;
  }

  /** In one folder an id has one row, so one that is done is not to change. */
  private boolean isChangedRow(Exception end) {
    return job == Job.EXTRACT
        && end instanceof ConfigurationException
        && end.getMessage().contains("done with another image, question");
  }

  /** A run that stands still, and another one that takes the folder over meanwhile. */
  private void contested(FaultPlan plan) throws IOException, InterruptedException {
    String name = name();
    FaultyRun first = FaultyFileSystem.plan(spark.sparkContext().hadoopConfiguration(), name, plan);
    FutureTask<Exception> attempt = start(name);
    while (!attempt.isDone() && !first.standsWithin(5)) {}
    if (attempt.isDone()) {
      tell(name, first, result(attempt));
    } else {
      ageLock();
      takeovers++;
      boolean early = random.nextBoolean();
      FaultPlan.Planned wake = FaultPlan.one(random, Fault.SLOW);
      String other = name();
      FaultPlan faults = random.nextBoolean() ? FaultPlan.NONE : FaultPlan.some(random, kinds);
      FaultyRun second =
          FaultyFileSystem.plan(spark.sparkContext().hadoopConfiguration(), other, faults);
      FutureTask<Exception> successor = start(other);
      while (!successor.isDone() && !(early && second.calls(wake.step()) >= wake.call())) {
        Thread.sleep(1);
      }
      story.add(name + " goes on; " + other + (successor.isDone() ? " has ended" : " is at work"));
      first.goOn();
      tell(name, first, result(attempt));
      Exception end = result(successor);
      tell(other, second, end);
      assertTrue(faults.faults().size() > 0 || isUndisturbed(end), this::story);
    }
    check(false);
    ageLock();
  }

  /**
   * A successor to which nothing happens does its work, whatever the run before it does when it
   * goes on. It may find that its input changed, or lose the lock if both took it at once.
   */
  private boolean isUndisturbed(Exception end) {
    return end == null
        || isChangedRow(end)
        || end.getMessage().startsWith("Lost the lock")
        || end.getMessage().contains("let it end first")
        || end.getMessage().contains("Let it end first");
  }

  private FutureTask<Exception> start(String name) {
    FutureTask<Exception> attempt = new FutureTask<>(() -> attempt(name));
    new Thread(attempt, name).start();
    return attempt;
  }

  private static Exception result(FutureTask<Exception> attempt) throws InterruptedException {
    try {
      return attempt.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String name() {
    return String.format(
        Locale.ROOT, "%s-%d-%d", job.name().toLowerCase(Locale.ROOT), seed, runs++);
  }

  /** Steps at which something went wrong so far. */
  Set<Step> struck() {
    return struck;
  }

  /** How many runs have lost the folder to another one, or would have. */
  int takeovers() {
    return takeovers;
  }

  private void tell(String name, FaultyRun run, Exception end) {
    struck.addAll(run.struck());
    story.add(name + " with " + run.story() + " ended " + (end == null ? "well" : "with " + end));
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
    args.addAll(List.of("--rows-per-commit", "3", "--rows-per-file", "2", "--partitions", "4"));
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

  private Path output() {
    return folder.resolve("out");
  }

  private void check(boolean endedWell) throws IOException {
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
      if (job == Job.LABEL && latest.done()) {
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

  /** As if minutes had passed since the lock was renewed. */
  private void ageLock() throws IOException {
    Path lock = output().resolve("_lock");
    if (Files.exists(lock)) {
      if (Files.size(lock) > 0) {
        ObjectNode owner = (ObjectNode) JSON.readTree(lock.toFile());
        Files.writeString(lock, owner.put("renewed", LONG_AGO).toString());
      }
      Files.setLastModifiedTime(lock, FileTime.from(Instant.parse(LONG_AGO)));
    }
  }

  private String story() {
    return String.format(Locale.ROOT, "%s, seed %d:%n%s", job, seed, String.join("\n", story));
  }
}
