package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label night after night: what is new or changed, the run's summary and the drift check. */
class NightlyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String FIRST = "run_date=2026-03-14";
  private static final String SECOND = "run_date=2026-03-15";
  private static final LayerSite COLUMN = new LayerSite(0, Site.RESID_POST);
  private static final int NEURON = 1;

  @TempDir private Path folder;
  private Path images;

  @BeforeAll
  static void fewPartitions() {
    System.setProperty(SHUFFLE_PARTITIONS, "2");
  }

  @AfterAll
  static void manyPartitions() {
    System.clearProperty(SHUFFLE_PARTITIONS);
  }

  @BeforeEach
  void corpus() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 3; i++) {
      image(i + ".png", i);
    }
    superNeurons("");
  }

  private void image(String name, int of) throws IOException {
    Files.copy(
        IMAGES.resolve(of + ".png"), images.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(images.resolve(name), FileTime.from(Instant.ofEpochSecond(1000)));
  }

  @Test
  void whatIsNewOrChangedGoesToTheDateOfTheRun() throws IOException {
    assertEquals(0, night(FIRST));
    assertEquals("[0.png, 1.png, 2.png]", names(FIRST));
    image("3.png", 0);
    image("1.png", 2);
    assertEquals(0, night(SECOND, "--rows-per-commit", "1"));
    assertEquals("[1.png, 3.png]", names(SECOND));
    JsonNode summary = json(RunSummary.FILE_NAME);
    assertEquals(SECOND, summary.get("partition").asText());
    assertEquals(2, summary.get("done_before").asInt());
    assertEquals(2, summary.get("done").asInt());
    assertEquals(summary, json(SECOND + "/" + RunSummary.FILE_NAME));
    assertEquals(3, json(FIRST + "/" + RunSummary.FILE_NAME).get("done").asInt());

    List<Row> table = table();
    assertEquals(5, table.size(), "one table of all dates");
    Map<String, Row> current = new TreeMap<>();
    table.forEach(row -> current.put(name(row), row));
    assertEquals(0, label("whole"));
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve("whole").toString()).collectAsList()) {
        Row nightly = current.get(name(row));
        assertEquals(row.<String>getAs("id"), nightly.getAs("id"));
        assertEquals(row.<Object>getAs("votes"), nightly.getAs("votes"), "as images are now");
      }
    }
  }

  @Test
  void runningTwiceGivesTheSameRowsOnce() throws IOException {
    assertEquals(0, night(FIRST, "--limit", "2"));
    assertEquals(2, table().size());
    assertEquals(0, night(FIRST));
    List<String> once = table().stream().map(Row::toString).sorted().toList();
    assertEquals(3, once.size());
    assertEquals(0, night(FIRST));
    assertEquals(0, night(SECOND), "nothing is new");
    assertEquals(once, table().stream().map(Row::toString).sorted().toList());
    assertFalse(Files.exists(folder.resolve("out").resolve(SECOND)));
    assertEquals(0, json(RunSummary.FILE_NAME).get("done").asInt());
    assertEquals(3, json(RunSummary.FILE_NAME).get("done_before").asInt());
  }

  @Test
  void byContentATouchedImageIsTheSame() throws IOException {
    assertEquals(0, night(FIRST, "--incremental-by", "content"));
    assertTrue(table().get(0).<String>getAs("image_version").startsWith("sha256:"));
    Files.setLastModifiedTime(images.resolve("0.png"), FileTime.from(Instant.ofEpochSecond(2000)));
    image("1.png", 2);
    assertEquals(0, night(SECOND, "--incremental-by", "content"));
    assertEquals("[1.png]", names(SECOND));
    assertEquals(2, night(SECOND), "rows told by other means are not to be mixed");
  }

  @Test
  void byFileATouchedImageIsAnother() throws IOException {
    assertEquals(0, night(FIRST));
    Files.setLastModifiedTime(images.resolve("0.png"), FileTime.from(Instant.ofEpochSecond(2000)));
    assertEquals(0, night(SECOND));
    assertEquals("[0.png]", names(SECOND));
    long length = Files.size(images.resolve("0.png"));
    assertEquals(
        "file:%d-2000000".formatted(length),
        table().stream()
            .filter(row -> row.getAs("run_date").toString().equals("2026-03-15"))
            .findFirst()
            .orElseThrow()
            .getAs("image_version"));
  }

  @Test
  void whatFailedIsDoneAgainUntilItSucceeds() throws IOException {
    Files.writeString(images.resolve("bad.png"), "no image");
    assertEquals(0, night(FIRST));
    assertEquals("[0.png, 1.png, 2.png, bad.png]", names(FIRST));
    JsonNode summary = json(RunSummary.FILE_NAME);
    assertEquals(1, summary.get("failed").asInt());
    assertEquals(1, summary.get("errors").get("bad_image").asInt());
    assertEquals(0.25, summary.get("error_share").asDouble());
    assertEquals(0, night(FIRST));
    assertEquals("[0.png, 1.png, 2.png, bad.png]", names(FIRST), "its error is there once");
    image("bad.png", 0);
    assertEquals(0, night(SECOND));
    assertEquals("[bad.png]", names(SECOND));
  }

  @Test
  void otherSettingsAndPartsOfOptionsAreRefused() throws IOException {
    assertEquals(0, night(FIRST));
    assertEquals(2, night(SECOND, "--question", "Is it?"));
    assertEquals(2, label("out", "--resume"), "it is a folder of dates");
    assertEquals(2, label("other", "--run-date", "2026-03-14"));
    assertEquals(2, label("other", "--incremental", "--run-date", "yesterday"));
    superNeurons("\"chosen_on\": \"cross_validation\",");
    assertEquals(2, night(SECOND), "other Super Neurons");
    assertEquals(3, table().size());
  }

  @Test
  void driftIsOfTheRowsWhateverTheirPartition() throws IOException {
    List<Double> values = new ArrayList<>();
    List<Path> manifest = List.of(manifest(36));
    assertEquals(0, extract(manifest.get(0)));
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve("act").toString()).collectAsList()) {
        values.add((double) ModelJobs.vector(row, COLUMN)[NEURON]);
      }
    }
    assertEquals(36, values.size());
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double deviation =
        Math.sqrt(
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
    probed(mean - 2 * deviation, deviation);
    String input = manifest.get(0).toString();
    assertEquals(0, labelled("one", input, "--drift-fail", "3"), "it only warns");
    assertEquals(
        3,
        labelled(
            "many", input, "--drift-fail", "1.9", "--partitions", "7", "--rows-per-commit", "9"));
    JsonNode task = json("one", DriftCheck.FILE_NAME).get("tasks").get(0);
    assertEquals("warn", task.get("verdict").asText());
    assertEquals(2, task.get("worst_drift").asDouble(), 1e-6);
    JsonNode neuron = task.get("neurons").get(0);
    assertEquals(mean, neuron.get("seen").get("mean").asDouble(), 1e-9);
    assertEquals(deviation, neuron.get("seen").get("deviation").asDouble(), 1e-9);
    assertEquals(2, neuron.get("shift").asDouble(), 1e-6);
    assertEquals(1, neuron.get("deviation_ratio").asDouble(), 1e-6);
    long fired = values.stream().filter(value -> value > 0).count();
    assertEquals(fired / 36.0, neuron.get("seen").get("firing_rates").get(1).asDouble(), 1e-12);
    JsonNode other = json("many", DriftCheck.FILE_NAME).get("tasks").get(0);
    assertEquals("fail", other.get("verdict").asText());
    assertEquals(neuron, other.get("neurons").get(0), "to the last bit");
    assertEquals(36, rows("many").size(), "all rows are kept");
    assertTrue(Files.exists(folder.resolve("many/_SUCCESS")));
    JsonNode summary = json("many", RunSummary.FILE_NAME).get("tasks").get(0);
    assertEquals("fail", summary.get("drift").get("verdict").asText());
    assertEquals(36, summary.get("rows").asInt());
    assertEquals(fired, summary.get("labels").get("yes").asInt());
    assertEquals(30, summary.get("probing_labels").get("no").asInt());
    assertEquals("super_neurons", summary.get("exits").get(0).get("source").asText());
    assertEquals(0, summary.get("exits").get(0).get("exit_layer").asInt());
    assertEquals(1, summary.get("exits").get(0).get("share").asDouble());
  }

  @Test
  void driftOfAResumedRunIsOfAllItsRows() throws IOException {
    probed(0, 1);
    String input = manifest(36).toString();
    assertEquals(0, labelled("whole", input));
    assertEquals(0, labelled("parts", input, "--limit", "11"));
    assertEquals(
        "few_rows",
        json("parts", DriftCheck.FILE_NAME).get("tasks").get(0).get("verdict").asText());
    assertEquals(0, labelled("parts", input, "--resume"));
    assertEquals(json("whole", DriftCheck.FILE_NAME), json("parts", DriftCheck.FILE_NAME));
  }

  @Test
  void withoutProfilesThereIsNoDriftToCheck() throws IOException {
    assertEquals(0, label("out", "--drift-fail", "0"));
    assertEquals(0, json(DriftCheck.FILE_NAME).get("tasks").size());
    assertEquals(2, label("other", "--drift-warn", "-1"));
    assertFalse(Files.exists(folder.resolve("other")), "before any work");
  }

  /** Rows with questions of their own, on three images. */
  private Path manifest(int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          "{\"id\": \"row%02d\", \"image\": \"images/%d.png\", \"question\": \"Is it %d?\"}"
              .formatted(i, i % 3, i));
    }
    return Files.write(folder.resolve("manifest.jsonl"), lines);
  }

  private void probed(double mean, double deviation) throws IOException {
    superNeurons(
        """
        "probing_labels": {"no": 30, "yes": 10},\
        """,
        """
        , "mean": %s, "deviation": %s, "firing_rates": [0.75, 0.25]\
        """
            .formatted(mean, deviation));
  }

  private void superNeurons(String ofTask) throws IOException {
    superNeurons(ofTask, "");
  }

  private void superNeurons(String ofTask, String ofNeuron) throws IOException {
    String json =
        """
        {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
         "fingerprint": "%s"}, "prompt": {}, "dtype": "float32", "compute_dtype": "float32",
         "tasks": [{"task": "default", "question": "Is it so?", "labels": ["no", "yes"], %s
         "exit_layer": 0, "rule": "best_cut", "vote": "majority", "neurons": [{"layer": 0,
         "site": "resid_post", "index": %d, "polarity": 1, "thresholds": [0], "weight": 1%s}]}]}\
        """
            .formatted(FIXTURE.checkpoint().fingerprint(), ofTask, NEURON, ofNeuron);
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), json);
  }

  /** A night over the folder of images. */
  private int night(String partition, String... more) {
    List<String> all = new ArrayList<>(List.of("--incremental", "--run-date"));
    all.add(partition.replace("run_date=", ""));
    all.addAll(List.of(more));
    return label("out", all.toArray(String[]::new));
  }

  private int label(String output, String... more) {
    return labelled(output, images.toString(), more);
  }

  private int labelled(String output, String input, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--superneurons", folder.toString()));
    return run(new LabelJob(), output, input, all);
  }

  private int extract(Path manifest) {
    List<String> more = List.of("--layers", "0", "--sites", "resid_post", "--store-dtype");
    List<String> all = new ArrayList<>(more);
    all.add("float32");
    return run(new ExtractJob(), "act", manifest.toString(), all);
  }

  /** Batches of one, so that values do not depend on which rows share a pass. */
  private int run(Callable<Integer> job, String output, String input, List<String> more) {
    List<String> args = new ArrayList<>(List.of("--batch-size", "1", "--dtype", "float32"));
    if (!more.contains("--model")) {
      args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    }
    args.addAll(List.of("--input", input));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(more);
    return JobMain.run(job, args.toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return json("out", name);
  }

  private JsonNode json(String output, String name) throws IOException {
    return JSON.readTree(folder.resolve(output).resolve(name).toFile());
  }

  private List<Row> table() throws IOException {
    return rows("out");
  }

  /** By run date, where there are some. */
  private List<Row> rows(String output) throws IOException {
    try (SparkSession spark = Sessions.open("read")) {
      var rows = spark.read().parquet(folder.resolve(output).toString());
      boolean dated = List.of(rows.columns()).contains("run_date");
      return rows.orderBy(dated ? "run_date" : "id", "id").collectAsList();
    }
  }

  /** Names of the images of a date. */
  private String names(String partition) throws IOException {
    return rows("out/" + partition).stream().map(NightlyTest::name).sorted().toList().toString();
  }

  private static String name(Row row) {
    String image = row.getAs("image");
    return image.substring(image.lastIndexOf('/') + 1);
  }
}
