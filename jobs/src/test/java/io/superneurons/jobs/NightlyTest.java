package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.jobs.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Label night after night: what is new or changed, the run's summary and the drift check. */
@ExtendWith(FewShufflePartitions.class)
class NightlyTest {
  private static final String FIRST = "run_date=2026-03-14";
  private static final String SECOND = "run_date=2026-03-15";

  @TempDir private Path folder;
  private NightlyCorpus corpus;

  @BeforeEach
  void corpus() throws IOException {
    corpus = NightlyCorpus.in(folder);
  }

  @Test
  void whatIsNewOrChangedGoesToTheDateOfTheRun() throws IOException {
    Files.writeString(corpus.images().resolve("bad.png"), "no image");
    assertEquals(0, night(FIRST, "--limit", "2"));
    assertEquals(0, night(FIRST), "goes on where it stopped");
    JsonNode summary = json(RunSummary.FILE_NAME);
    assertEquals(4, summary.get("done_before").asInt() + summary.get("done").asInt() + 1);
    assertEquals(1, summary.get("failed").asInt());
    assertEquals(1, summary.get("errors").get("bad_image").asInt());
    assertEquals(3, summary.get("partition_rows").asInt());

    corpus.image("3.png", 0);
    corpus.image("1.png", 2);
    touch("0.png");
    assertEquals(0, night(SECOND, "--rows-per-commit", "1"));
    summary = json(RunSummary.FILE_NAME);
    assertEquals(SECOND, summary.get("partition").asText());
    assertEquals(1, summary.get("done_before").asInt());
    assertEquals(3, summary.get("done").asInt());
    assertEquals(0.25, summary.get("error_share").asDouble());
    assertEquals(summary, json(SECOND + "/" + RunSummary.FILE_NAME));
    String page = Files.readString(folder.resolve("out/" + SECOND + "/_report.html"));
    assertEquals(page, Files.readString(folder.resolve("out/_report.html")));
    assertTrue(page.contains("3 rows labelled in " + SECOND), page);
    assertTrue(page.contains("bad_image"), page);
    assertTrue(page.contains("data:image/"), page);

    corpus.image("bad.png", 0);
    assertEquals(0, night(SECOND), "what failed is done again");
    Printed idle = Printed.onOutput(() -> night("run_date=2026-03-16"));
    assertEquals(0, idle.exitCode(), "nothing is new");
    assertTrue(idle.said().contains("  to do    nothing\n"), idle.said());
    assertTrue(idle.said().contains("label: nothing to do, 5 rows done before\n"), idle.said());
    assertFalse(idle.said().contains("rows/s"), idle.said());
    assertFalse(idle.said().contains("  runs "), idle.said());
    assertFalse(idle.said().contains("  writes "), idle.said());
    assertFalse(idle.said().contains("  predictions "), "there is no such folder");
    assertFalse(Files.readString(folder.resolve("out/_report.html")).contains("rows a second"));
    assertFalse(Files.exists(folder.resolve("out/run_date=2026-03-16")));
    assertEquals(5, json(RunSummary.FILE_NAME).get("done_before").asInt());
    assertEquals(0, label("whole"));
    List<Row> table = table();
    assertEquals("[0.png, 1.png, 2.png, bad.png]", names(table, "2026-03-14"));
    assertEquals("[0.png, 1.png, 3.png, bad.png]", names(table, "2026-03-15"), "each once");
    Map<String, Row> current = new TreeMap<>();
    table.forEach(row -> current.put(name(row), row));
    for (Row row : corpus.rows("whole")) {
      Row nightly = current.get(name(row));
      assertEquals(row.<String>getAs("id"), nightly.getAs("id"));
      assertEquals(row.<Object>getAs("votes"), nightly.getAs("votes"), "as images are now");
    }
    long length = Files.size(corpus.images().resolve("0.png"));
    assertEquals(
        String.format(Locale.ROOT, "file:%d-2000000", length),
        current.get("0.png").getAs("image_version"));
  }

  @Test
  void byContentATouchedImageIsTheSame() throws IOException {
    assertEquals(0, night(FIRST, "--incremental-by", "content"));
    touch("0.png");
    corpus.image("1.png", 2);
    assertEquals(0, night(SECOND, "--incremental-by", "content"));
    List<Row> table = table();
    assertEquals("[1.png]", names(table, "2026-03-15"));
    assertTrue(table.get(0).<String>getAs("image_version").startsWith("sha256:"));
    assertEquals(2, night(SECOND), "rows told by other means are not to be mixed");
  }

  @Test
  void anImageThatIsAgainWhatItWasIsLabelledAgain() throws IOException {
    for (String by : List.of("file", "content")) {
      String output = "back-by-" + by;
      for (int day = 1; day <= 3; day++) {
        corpus.image("0.png", day == 2 ? 1 : 0);
        String date = "2026-03-0" + day;
        assertEquals(0, label(output, "--incremental", "--incremental-by", by, "--run-date", date));
      }
      List<Row> rows =
          corpus.rows(output).stream().filter(row -> name(row).equals("0.png")).toList();
      assertEquals(
          List.of("2026-03-01", "2026-03-02", "2026-03-03"),
          rows.stream().map(row -> row.getAs("run_date").toString()).toList());
      assertEquals(
          rows.get(0).<String>getAs("image_version"), rows.get(2).<String>getAs("image_version"));
    }
  }

  @Test
  void aRowWithAnotherQuestionIsLabelledAgain() throws IOException {
    Path input = folder.resolve("embedded.jsonl");
    List<String> days = List.of("Is it?", "Is it?", "Is it so?");
    for (int day = 0; day < days.size(); day++) {
      Files.writeString(input, embedded("a", 0).replace("Is it?", days.get(day)));
      assertEquals(
          0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-1" + day));
    }
    assertEquals(
        List.of("10 Is it?", "12 Is it so?"),
        table().stream()
            .map(row -> row.getAs("run_date").toString().substring(8) + " " + row.getAs("question"))
            .toList());
  }

  @Test
  void anotherFileOfTheSameLengthAndTimeIsAnotherImage() throws IOException {
    Path input = folder.resolve("rows.jsonl");
    String row = "{\"id\": \"a\", \"question\": \"Is it?\", \"image\": \"images/%s\"}";
    corpus.image("same.png", 0);
    List<String> days = List.of("0.png", "0.png", "same.png");
    for (int day = 0; day < days.size(); day++) {
      Files.writeString(input, String.format(Locale.ROOT, row, days.get(day)));
      assertEquals(
          0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-1" + day));
    }
    assertEquals(
        List.of("10 images/0.png", "12 images/same.png"),
        table().stream()
            .map(done -> done.getAs("run_date").toString().substring(8) + " " + done.getAs("image"))
            .toList());
  }

  @Test
  void aFolderOfAnEarlierVersionKnowsImagesOnly() throws IOException {
    Path input = folder.resolve("embedded.jsonl");
    Files.writeString(input, embedded("a", 0));
    assertEquals(
        0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-10"));
    corpus.withoutColumn("out/run_date=2026-03-10", "row_version");
    Files.writeString(input, embedded("a", 0).replace("Is it?", "Is it so?"));
    assertEquals(
        0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-11"));
    assertEquals(1, json(RunSummary.FILE_NAME).get("done_before").asInt());
    Files.writeString(input, embedded("a", 1));
    assertEquals(
        0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-12"));
    assertEquals(1, json(RunSummary.FILE_NAME).get("done").asInt());
  }

  @Test
  void aShareOfErrorsHoldsHoweverFewTheRows() throws IOException {
    Files.writeString(corpus.images().resolve("bad.png"), "no image");
    assertEquals(1, night(FIRST, "--max-errors", "2%"));
    assertEquals("too_many_errors", json(RunSummary.FILE_NAME).get("end").asText());
    assertFalse(Files.exists(folder.resolve("out/_SUCCESS")));
    assertEquals(0, night(FIRST), "any share is allowed, and the other rows are done");
    assertTrue(Files.exists(folder.resolve("out/_SUCCESS")));
    assertEquals(1, night(SECOND, "--max-errors", "0"));
    assertFalse(Files.exists(folder.resolve("out/_SUCCESS")));
  }

  private void touch(String name) throws IOException {
    Path image = corpus.images().resolve(name);
    Files.setLastModifiedTime(image, FileTime.from(Instant.ofEpochSecond(2000)));
  }

  @Test
  void anEmbeddedImageIsToldByItsContent() throws IOException {
    Path input = folder.resolve("embedded.jsonl");
    Files.write(input, List.of(embedded("a", 0), embedded("b", 1)));
    assertEquals(
        0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-14"));
    Files.write(input, List.of(embedded("a", 2), embedded("b", 1)));
    assertEquals(
        0, corpus.label("out", input.toString(), "--incremental", "--run-date=2026-03-15"));
    List<String> rows =
        table().stream()
            .map(row -> row.getAs("run_date").toString().substring(8) + " " + row.getAs("id"))
            .toList();
    assertEquals(List.of("14 a", "14 b", "15 a"), rows);
  }

  private static String embedded(String id, int image) throws IOException {
    byte[] bytes = Files.readAllBytes(NightlyCorpus.IMAGES.resolve(image + ".png"));
    return String.format(
        Locale.ROOT,
        "{\"id\": \"%s\", \"question\": \"Is it?\", \"image\": {\"bytes\": \"%s\"}}",
        id,
        Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void otherSettingsAndPartsOfOptionsAreRefused() throws IOException {
    assertEquals(0, night(FIRST));
    assertEquals(2, night(SECOND, "--question", "Is it?"));
    assertEquals(2, label("out", "--resume"), "it is a folder of dates");
    assertEquals(2, label("other", "--run-date", "2026-03-14"));
    assertEquals(2, label("other", "--incremental", "--run-date", "yesterday"));
    assertEquals(2, label("out", "--incremental", "--run-date", "2026-03-13"), "a clock put back");
    corpus.superNeurons("\"chosen_on\": \"cross_validation\",", "");
    assertEquals(2, night(SECOND), "other Super Neurons");
    assertEquals(3, table().size());
  }

  /** A night over the folder of images. */
  private int night(String partition, String... more) {
    List<String> all = new ArrayList<>(List.of("--incremental", "--run-date"));
    all.add(partition.replace("run_date=", ""));
    all.addAll(List.of(more));
    return label("out", all.toArray(String[]::new));
  }

  private int label(String output, String... more) {
    return corpus.label(output, corpus.images().toString(), more);
  }

  private JsonNode json(String name) throws IOException {
    return corpus.json("out", name);
  }

  private List<Row> table() throws IOException {
    return corpus.rows("out");
  }

  /** Names of the images of a date. */
  private static String names(List<Row> table, String date) {
    return table.stream()
        .filter(row -> row.getAs("run_date").toString().equals(date))
        .map(NightlyTest::name)
        .sorted()
        .toList()
        .toString();
  }

  private static String name(Row row) {
    String image = row.getAs("image");
    return image.substring(image.lastIndexOf('/') + 1);
  }
}
