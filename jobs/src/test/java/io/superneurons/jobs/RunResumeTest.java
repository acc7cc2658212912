package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.run.LockOwner;
import io.superneurons.jobs.run.RunLock;
import io.superneurons.jobs.run.RunSettings;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waves, resume, the lock and the error budget, through the jobs as a user submits them. */
class RunResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final Map<String, String> QUICK =
      Map.of("spark.sql.shuffle.partitions", "2", "spark.ui.enabled", "false");

  @TempDir private Path folder;
  private final List<ObjectNode> rows = new ArrayList<>();

  @BeforeAll
  static void startQuickly() {
    QUICK.forEach(System::setProperty);
  }

  @AfterAll
  static void startAsEver() {
    QUICK.keySet().forEach(System::clearProperty);
  }

  /** Twelve rows on images of their own, so that they spread over the tasks; two are not there. */
  @BeforeEach
  void rows() throws IOException {
    for (int i = 0; i < 12; i++) {
      String image = "image" + i + ".png";
      if (i < 10) {
        Files.copy(IMAGES.resolve(i % 3 + ".png"), folder.resolve(image));
      }
      rows.add(
          JSON.createObjectNode()
              .put("id", "row" + i)
              .put("image", image)
              .put("question", "Is it " + i + "?"));
    }
  }

  @Test
  void aResumedRunEqualsOneThatWasNeverStopped() throws IOException {
    List<ObjectNode> all = List.copyOf(rows);
    assertEquals(0, extract("whole"));
    rows.subList(5, 12).clear();
    assertEquals(0, extract("parts", "--resume", "--rows-per-commit", "2"), "a new folder");
    rows.clear();
    rows.addAll(all);
    assertEquals(2, extract("parts"), "it is there");
    assertEquals(0, extract("parts", "--resume", "--rows-per-commit", "3"));
    assertSameRows("whole", "parts");
    assertEquals(0, extract("parts", "--resume"));
    assertSameRows("whole", "parts");
    assertEquals(json("whole"), json("parts"), "counts of all rows");
    assertFalse(Files.exists(folder.resolve("parts/" + RunLock.FILE_NAME)));
    assertTrue(Files.exists(folder.resolve("parts/_SUCCESS")));
  }

  @Test
  void aFailedRowIsDoneAgainAndItsErrorGoesAway() throws IOException {
    assertEquals(0, extract("out"));
    assertEquals(List.of("row10", "row11"), List.copyOf(read("out/_errors").keySet()));
    Files.copy(IMAGES.resolve("0.png"), folder.resolve("image10.png"));
    assertEquals(0, extract("out", "--resume"));
    assertEquals(11, read("out").size());
    assertEquals(List.of("row11"), List.copyOf(read("out/_errors").keySet()));
    rows.remove(11);
    assertEquals(0, extract("out", "--resume"));
    assertEquals(List.of("row11"), List.copyOf(read("out/_errors").keySet()), "it is not lost");
    ActivationsMetadata metadata = ActivationsMetadata.fromJson(json("out"), "out");
    assertEquals(11, metadata.rows());
    assertEquals(1, metadata.errors());
  }

  @Test
  void labelResumesAsExtractDoes() throws IOException {
    writeSuperNeurons(0);
    assertEquals(0, label("out", "--limit", "11", "--rows-per-commit", "4"));
    assertEquals(11, read("out").size());
    Files.copy(IMAGES.resolve("0.png"), folder.resolve("image10.png"));
    assertEquals(0, label("out", "--resume"));
    Map<String, Row> resumed = read("out");
    assertEquals(0, label("whole"));
    Map<String, Row> whole = read("whole");
    assertEquals(12, resumed.size());
    whole.forEach((id, row) -> assertEquals(row.mkString(), resumed.get(id).mkString()));
    writeSuperNeurons(1);
    String message = said(() -> label("out", "--resume"), 2);
    assertTrue(message.contains("superneurons.sha256 was"), message);
  }

  @Test
  void otherSettingsRefuseToResume() throws IOException {
    assertEquals(0, extract("out", "--limit", "2"));
    Map<String, List<String>> others =
        Map.of(
            "prompt.prompt_suffix was \"\" and is now \" Yes or no?\"",
            List.of("--prompt-suffix", " Yes or no?"),
            "layers was [0,1,2] and is now [0]",
            List.of("--layers", "0"),
            "store_dtype was \"float16\"",
            List.of("--store-dtype", "float32"),
            "question was null and is now \"Is it?\"",
            List.of("--question", "Is it?"));
    for (Map.Entry<String, List<String>> other : others.entrySet()) {
      List<String> options = new ArrayList<>(List.of("--resume"));
      options.addAll(other.getValue());
      String message = said(() -> extract("out", options.toArray(String[]::new)), 2);
      assertTrue(message.contains(other.getKey()), message);
    }
    assertEquals(2, read("out").size());
    Files.delete(folder.resolve("out/" + RunSettings.FILE_NAME));
    String message = said(() -> extract("out", "--resume"), 2);
    assertTrue(message.contains("has no _run.json"), message);
    message = said(() -> extract("out", "--resume", "--overwrite"), 2);
    assertTrue(message.contains("--overwrite"), message);
  }

  @Test
  void aRowThatIsAnotherNowIsRefused() throws IOException {
    assertEquals(0, extract("out[1]"));
    List<ObjectNode> before = rows.stream().map(ObjectNode::deepCopy).toList();
    Map<String, String> changes =
        Map.of("question", "Is it not?", "task", "other", "label", "yes", "image", "image4.png");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      rows.get(3).put(change.getKey(), change.getValue());
      String message = said(() -> extract("out[1]", "--resume"), 2);
      assertTrue(message.contains("1 row was done with another"), message);
      assertTrue(message.contains("row3"), message);
      rows.set(3, before.get(3).deepCopy());
    }
    assertTrue(Files.exists(folder.resolve("out[1]/_SUCCESS")), "nothing was touched");
    rows.get(11).put("question", "Is it not?");
    assertEquals(0, extract("out[1]", "--resume"), "it is not done yet");
  }

  @Test
  void idsAreFoundAsTheyWereBefore() throws IOException {
    for (int i = 0; i < 12; i++) {
      rows.get(i).remove("id");
      rows.get(i).put("question_id", i % 6);
    }
    assertEquals(0, extract("out", "--limit", "6"));
    String message = said(() -> extract("out", "--resume"), 2);
    String before = "id_columns was [\"id\",\"question_id\",\"index\"] and is now ";
    assertTrue(message.contains(before + "[\"id\"]"), message);
    message = said(() -> extract("out", "--resume", "--limit", "6", "--columns", "id="), 2);
    assertTrue(message.contains(before + "[]"), message);
    Path settings = folder.resolve("out/" + RunSettings.FILE_NAME);
    ObjectNode earlier = (ObjectNode) JSON.readTree(settings.toFile());
    ((ObjectNode) earlier.get("settings")).remove(RunSettings.ID_COLUMNS);
    JSON.writeValue(settings.toFile(), earlier);
    Files.delete(settings.resolveSibling("." + settings.getFileName() + ".crc"));
    assertEquals(0, extract("out", "--resume", "--limit", "6", "--dry-run"), "an earlier version");
  }

  @Test
  void whatAFolderHasBesideTheInputIsSaidAndWhatItHasTwiceRefused() throws IOException {
    assertEquals(0, extract("out", "--limit", "4", "--partitions", "1"));
    rows.subList(0, 2).clear();
    String plan = printed(() -> extract("out", "--resume", "--dry-run"));
    assertTrue(plan.contains("keeps    2 rows done that the input does not have now"), plan);
    Path part = parts("out").get(0);
    String other = part.getFileName().toString().replace("part-00000", "part-00001");
    Files.copy(part, part.resolveSibling(other));
    String message = said(() -> extract("out", "--resume"), 2);
    assertTrue(message.contains("out has 2 ids of the input more than once"), message);
    assertTrue(message.contains("such as row2"), message);
  }

  private List<Path> parts(String output) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }

  @Test
  void noRowDoneIsNoSuccess() throws IOException {
    rows.subList(0, 10).clear();
    String message = said(() -> extract("out"), 1);
    assertTrue(message.contains("None of the 2 rows could be done"), message);
    assertTrue(message.contains("image_not_found=2"), message);
    assertFalse(Files.exists(folder.resolve("out/_SUCCESS")));
    assertEquals(List.of("row10", "row11"), List.copyOf(read("out/_errors").keySet()));
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    assertEquals(0, extract("out", "--limit", "2"));
    Path lock = folder.resolve("out/" + RunLock.FILE_NAME);
    Files.writeString(lock, LockOwner.self(Instant.now()).toJson());
    String message = said(() -> extract("out", "--resume"), 2);
    assertTrue(message.contains("is in use by a run of"), message);
    assertEquals(2, extract("out", "--overwrite"));
    assertEquals(2, read("out").size());
    assertTrue(Files.exists(lock));
  }

  @Test
  void tooManyErrorsEndTheRunWithWhatIsDone() throws IOException {
    String message = said(() -> extract("out", "--max-errors", "1", "--partitions", "1"), 1);
    assertTrue(message.contains("2 of 12 rows failed"), message);
    assertTrue(message.contains("image_not_found"), message);
    assertEquals(10, read("out").size());
    assertFalse(Files.exists(folder.resolve("out/_SUCCESS")));
    assertEquals(0, extract("out", "--resume", "--max-errors", "2"));
    assertTrue(Files.exists(folder.resolve("out/_SUCCESS")));
    assertEquals(2, extract("other", "--max-errors", "many"));
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    String plan =
        printed(() -> extract("out", "--dry-run", "--rows-per-commit", "4", "--partitions", "6"));
    assertTrue(plan.contains("6 pieces in 3 waves of 1 file each"), plan);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  /** What a run prints, given that it is done. */
  private static String printed(Printed.Command run) {
    Printed printed = Printed.onOutput(run);
    assertEquals(0, printed.exitCode());
    return printed.said();
  }

  @Test
  void aFullDiskFailsTheRunAndAResumeDoesTheRest() throws IOException {
    System.setProperty("spark.hadoop.fs.full.impl", FullFileSystem.class.getName());
    try {
      FullFileSystem.SPACE.set(Long.MAX_VALUE);
      assertEquals(0, extractToFullDisk("whole"));
      long needed = Long.MAX_VALUE - FullFileSystem.SPACE.get();
      FullFileSystem.SPACE.set(needed * 2 / 3);
      String message = said(() -> extractToFullDisk("full"), 1);
      assertTrue(message.contains("a disk is full (No space left on device)"), message);
      assertTrue(message.contains(" bytes are free at "), message);
      int kept = read("full").size();
      assertTrue(kept > 0 && kept < 10, kept + " rows are kept");
      assertFalse(Files.exists(folder.resolve("full/_temporary")), "nothing half done is left");
      FullFileSystem.SPACE.set(Long.MAX_VALUE);
      assertEquals(0, extractToFullDisk("full", "--resume"));
    } finally {
      System.clearProperty("spark.hadoop.fs.full.impl");
    }
    assertSameRows("whole", "full");
  }

  private int extractToFullDisk(String output, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--output", "full:" + folder.resolve(output)));
    options.addAll(List.of("--rows-per-commit", "4", "--partitions", "3"));
    return extract(output, options.toArray(String[]::new));
  }

  @Test
  void filesAreFewWhateverTheTasks() throws IOException {
    assertEquals(0, extract("few", "--partitions", "8"));
    assertEquals(1, files("few", "part-"));
    assertEquals(0, extract("many", "--partitions", "8", "--rows-per-file", "3"));
    assertEquals(4, files("many", "part-"));
    assertSameRows("few", "many");
  }

  private long files(String output, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    }
  }

  private void assertSameRows(String expected, String actual) throws IOException {
    Map<String, Row> whole = read(expected);
    Map<String, Row> parts = read(actual);
    assertEquals(whole.keySet(), parts.keySet());
    for (String id : whole.keySet()) {
      assertEquals(whole.get(id).size(), parts.get(id).size());
      for (int i = 0; i < whole.get(id).size(); i++) {
        if (whole.get(id).get(i) instanceof byte[] vector) {
          assertArrayEquals(vector, (byte[]) parts.get(id).get(i), id);
        } else {
          assertEquals(whole.get(id).get(i), parts.get(id).get(i), id);
        }
      }
    }
    assertEquals(read(expected + "/_errors").toString(), read(actual + "/_errors").toString());
  }

  private void writeSuperNeurons(double threshold) throws IOException {
    String json =
        String.format(
            Locale.ROOT,
            """
            {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
             "fingerprint": "%s"}, "prompt": {}, "dtype": "float16", "compute_dtype": "float32",
             "tasks": [{"task": "default", "labels": ["no", "yes"], "exit_layer": 0,
             "rule": "best_cut", "vote": "majority", "neurons": [{"layer": 0, "site": "resid_post",
             "index": 1, "polarity": 1, "thresholds": [%s], "weight": 1}]}]}\
            """,
            FIXTURE.checkpoint().fingerprint(),
            threshold);
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), json);
  }

  /** Batches of one, so that values do not depend on which rows share a pass. */
  private int extract(String output, String... more) throws IOException {
    return run(new ExtractJob(), output, more);
  }

  private int label(String output, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--superneurons", folder.toString()));
    return run(new LabelJob(), output, all.toArray(String[]::new));
  }

  private int run(Callable<Integer> job, String output, String... more) throws IOException {
    Path next = folder.resolve("manifest.next");
    Files.write(next, rows.stream().map(ObjectNode::toString).toList());
    Path manifest = folder.resolve("manifest.jsonl");
    Files.move(next, manifest, StandardCopyOption.REPLACE_EXISTING);
    List<String> args = new ArrayList<>(List.of("--input", manifest.toString()));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--batch-size", "1", "--dtype", "float32"));
    args.addAll(List.of(more));
    if (!args.contains("--output")) {
      args.addAll(List.of("--output", folder.resolve(output).toString()));
    }
    return JobMain.run(job, args.toArray(String[]::new));
  }

  /** What a run says on standard error, given that it ends so. */
  private static String said(Callable<Integer> run, int exitCode) {
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(exitCode, run.call());
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      System.setErr(err);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private String json(String output) throws IOException {
    return Files.readString(folder.resolve(output).resolve(ActivationsMetadata.FILE_NAME));
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        assertEquals(null, byId.put(row.getAs("id"), row), "twice");
      }
    }
    return byId;
  }
}
