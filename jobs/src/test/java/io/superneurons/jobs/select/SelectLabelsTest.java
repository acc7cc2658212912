package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.select.rows.LabelTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels in a table beside the activations, and rows that come without a split. */
class SelectLabelsTest {
  private static final String TASK = "dog";
  private static SparkSession spark;
  @TempDir static Path folder;

  private static Dataset<Row> rows;

  /** What select makes of the rows with labels of their own. */
  private static String expected;

  /** The same rows without labels and splits, their images deep in folders. */
  private static Path bare;

  @BeforeAll
  static void write() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("select labels test");
    rows = SelectFixture.rows(spark).where(col("task").equalTo(TASK));
    expected = selected(SelectFixture.variant(folder.resolve("own"), rows), "of-own");
    bare =
        SelectFixture.variant(
            folder.resolve("bare"),
            rows.withColumn("label", lit(null).cast("string"))
                .withColumn("split", lit(null).cast("string"))
                .withColumn("image", concat(lit("/data/photos/"), col("image"))));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String selected(Path activations, String output, String... more)
      throws IOException {
    SelectFixture.select(spark, activations, folder.resolve(output), more);
    return Files.readString(folder.resolve(output).resolve("superneurons.json"));
  }

  private static String table(String name, Dataset<Row> labels) {
    String file = folder.resolve(name).toString();
    if (name.endsWith(".csv")) {
      labels.coalesce(1).write().option("header", true).csv(file);
    } else if (name.endsWith(".jsonl")) {
      labels.write().json(file);
    } else {
      labels.write().parquet(file);
    }
    return file;
  }

  @Test
  void labelsByIdOrImageAreThoseOfTheRows() throws IOException {
    String byId = table("by-id.csv", rows.select("id", "label", "split"));
    assertEquals(expected, selected(bare, "of-by-id", "--labels", byId));
    String byTask = table("by-task.parquet", rows.select("id", "task", "label", "split"));
    assertEquals(expected, selected(bare, "of-by-task", "--labels", byTask));
    Dataset<Row> byImage =
        rows.select(
            when(col("label").equalTo("yes"), concat(lit("./photos/"), col("image")))
                .otherwise(concat(lit("file:///data/photos/"), col("image")))
                .as("file"),
            col("label").as("class"),
            col("split"));
    String images = table("by-image.jsonl", byImage);
    assertEquals(
        expected,
        selected(bare, "of-image", "--labels", images, "--columns", "image=file,label=class"));
    refused("looks like it: --columns label=class", images);
  }

  @Test
  void aTableComesBeforeTheRowsOwnLabels() throws IOException {
    Dataset<Row> wrong =
        rows.withColumn("label", when(col("label").equalTo("yes"), "no").otherwise("yes"));
    Path swapped = SelectFixture.variant(folder.resolve("swapped"), wrong);
    String right = table("right.csv", rows.select("id", "label"));
    assertEquals(expected, selected(swapped, "of-swapped", "--labels", right));
  }

  /** As export for FiftyOne writes them, and as people leave them. */
  @Test
  void imagesThatWereSortedIntoFoldersAreLabels() throws IOException {
    Path tree = folder.resolve("tree");
    for (Row row : rows.select("id", "label", "image").collectAsList()) {
      String path = LabelTree.path(row.getString(1), row.getString(0), row.getString(2));
      Files.createDirectories(tree.resolve(path).getParent());
      Files.createFile(tree.resolve(path));
    }
    Path dealt = SelectFixture.variant(folder.resolve("dealt"), rows);
    Path swapped =
        SelectFixture.variant(
            folder.resolve("to-sort"),
            rows.withColumn("label", when(col("label").equalTo("yes"), "no").otherwise("yes")));
    assertEquals(
        selected(dealt, "of-dealt"), selected(swapped, "of-tree", "--labels", tree.toString()));
  }

  @Test
  void aBlankTaskIsTheDefaultOneAndLabelsWithoutARowAreCounted() throws IOException {
    Path unnamed =
        SelectFixture.variant(
            folder.resolve("unnamed"), spark.read().parquet(bare.toString()).drop("task"));
    Dataset<Row> blank =
        rows.select(
            col("id"),
            when(col("label").equalTo("yes"), "").as("task"),
            col("label"),
            col("split"));
    Dataset<Row> others = blank.limit(2).withColumn("id", concat(lit("x-"), col("id")));
    String labels = table("blank.csv", blank.union(others));
    Path output = folder.resolve("of-blank");
    String told = SelectFixture.select(spark, unnamed, output, "--labels", labels);
    String some = labels + " fit no row of the activations and are left out: 'x-";
    assertTrue(told.contains("2 of " + (rows.count() + 2) + " labels of --labels " + some), told);
    assertFalse(told.contains("and others"), told);
    Dataset<Row> many = blank.limit(4).withColumn("id", concat(lit("y-"), col("id")));
    String more = table("more.csv", blank.union(many));
    told = SelectFixture.select(spark, unnamed, folder.resolve("of-more"), "--labels", more);
    assertEquals(3, told.split("'y-", -1).length - 1, told);
    assertTrue(told.contains("' and others\n"), told);
    assertEquals(
        expected.replace("\"" + TASK + "\"", "\"default\""),
        Files.readString(output.resolve("superneurons.json")));
  }

  @Test
  void aTableThatCannotBeReadWholeIsRefused() throws IOException {
    refusedText(
        "comma.csv", "id,label\n1,red\n2,red, dark\n", "has 3 fields, the header 2 (line 3");
    refusedText("open.csv", "id,label\n1,\"red\n2,blue\n", "from line 2 on");
    refusedText("cut.jsonl", "{\"id\": 1, \"label\": \"red\"}\n{\"id\": 2, \"la\n", "(line 2 of ");
    refusedText(
        "export.jsonl",
        "{\"id\": 1, \"annotation_id\": 2, \"updated_at\": \"3\", \"image\": \"a\","
            + " \"label\": \"red\"}\n{\"id\": null, \"annotation_id\": 3, \"updated_at\": \"4\","
            + " \"image\": \"a\", \"label\": \"blue\"}\n{\"id\": 4, \"label\": [1]}\n",
        "(line 3 of ");
    refusedText("late.jsonl", "{\"id\": 1}\n{\"id\": 2, \"label\": [\"a\"]}\n", "(line 2 of ");
    refusedText("two.jsonl", "{\"id\": 1, \"label\": [\"red\", \"blue\"]}\n", "must be a string");
    refusedText("two.json", "[{\"id\": 1, \"label\": {\"choices\": []}}]", "object 1: Field label");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "id,label\n1,n\u00E9\n2,n\u00E8\n".getBytes(StandardCharsets.ISO_8859_1));
    refused("is not UTF-8", latin.toString());
    refused("does not exist", folder.resolve("nothing.csv").toString());
  }

  private void refusedText(String name, String text, String why) throws IOException {
    refused(why, Files.writeString(folder.resolve("text-" + name), text).toString());
  }

  @Test
  void anEndOfPathsThatFitsImagesOfTwoFoldersIsRefused() throws IOException {
    Path one =
        SelectFixture.variant(folder.resolve("x"), rows.withColumn("image", lit("/x/cat/1.png")));
    Path other =
        SelectFixture.variant(folder.resolve("y"), rows.withColumn("image", lit("/y/cat/1.png")));
    Path text = Files.writeString(folder.resolve("end.csv"), "image,label\ncat/1.png,yes\n");
    refused(
        "image 'cat/1.png' may be /x/cat/1.png or /y/cat/1.png",
        text.toString(),
        Path.of(one + "," + other));
    Files.writeString(text, "image,label\ncat/1.png,yes\n1.png,no\n");
    refused("image '/x/cat/1.png' has labels 'no' and 'yes'", text.toString(), one);
  }

  /** Exports of Label Studio 1.20: the latest annotation that was not cancelled counts. */
  @Test
  void correctionsOfLabelStudioAreLabels() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ArrayNode whole = json.createArrayNode();
    ArrayNode least = json.createArrayNode();
    ArrayNode plain = json.createArrayNode();
    StringBuilder table =
        new StringBuilder("annotation_id,id,image,label,row_id,task,updated_at\n");
    int number = 0;
    for (Row row : rows.select("id", "label").collectAsList()) {
      String id = row.getString(0);
      String label = row.getString(1);
      ObjectNode task = whole.addObject().put("id", ++number);
      task.putObject("data").put("row_id", id).put("image", "/i.png").put("task", TASK);
      ArrayNode annotations = task.putArray("annotations");
      String wrong = label.equals("yes") ? "no" : "yes";
      annotation(annotations, wrong, "2026-03-01T00:00:00Z", false);
      annotation(annotations, label, "2026-03-03T00:00:00Z", false);
      annotation(annotations, "maybe", "2026-03-04T00:00:00Z", true);
      for (String said : List.of(wrong, label)) { // a record for each annotation
        String time = said.equals(label) ? "2026-03-03T00:00:00Z" : "2026-03-01T00:00:00Z";
        int annotation = 10 * number + (said.equals(label) ? 1 : 0);
        least
            .addObject()
            .put("id", number)
            .put("row_id", id)
            .put("task", TASK)
            .put("label", said)
            .put("annotation_id", annotation)
            .put("updated_at", time);
        table.append(
            String.format(
                Locale.ROOT,
                "%d,%d,/i.png,%s,%s,%s,%s%n",
                annotation,
                number,
                said,
                id,
                TASK,
                time));
      }
      plain.addObject().put("id", id).put("image", "/i.png").put("label", label);
    }
    Path swapped =
        SelectFixture.variant(
            folder.resolve("to-correct"),
            rows.withColumn("label", when(col("label").equalTo("yes"), "no").otherwise("yes")));
    Map<String, String> exports =
        Map.of(
            "a.json",
            whole.toPrettyString(),
            "b.json",
            least.toString(),
            "c.csv",
            table.toString(),
            "d.json",
            plain.toString());
    for (Map.Entry<String, String> export : exports.entrySet()) {
      Path file = Files.writeString(folder.resolve("studio-" + export.getKey()), export.getValue());
      assertEquals(
          expected, selected(swapped, "of-" + export.getKey(), "--labels", file.toString()));
    }
  }

  private static void annotation(
      ArrayNode annotations, String label, String time, boolean cancelled) {
    ObjectNode annotation = annotations.addObject();
    annotation.put("was_cancelled", cancelled).put("updated_at", time);
    ArrayNode results = annotation.putArray("result");
    results.addObject().put("type", "rectanglelabels").putObject("value").put("x", 1);
    ObjectNode quality = results.addObject().put("from_name", "quality");
    quality.putObject("value").putArray("choices").add("good");
    ObjectNode result = results.addObject();
    result.put("from_name", "label").put("to_name", "image").put("type", "choices");
    result.putObject("value").putArray("choices").add(label);
  }

  @Test
  void whatIsNotClearIsRefused() {
    Dataset<Row> ids = rows.select("id", "label");
    refused(
        "has labels 'maybe' and ",
        table("twice.csv", ids.union(ids.withColumn("label", lit("maybe")))));
    refused(
        "no id or image of it is that of a row",
        table("others.csv", ids.withColumn("id", concat(col("id"), lit("!")))));
    refused("has no column id or image", table("keyless.csv", rows.select("label")));
    refused("a name that ends in .csv", folder.resolve("labels.xlsx").toString());
    Path two = folder.resolve("two");
    Dataset<Row> moved =
        spark.read().parquet(bare.toString()).withColumn("image", concat(col("id"), lit("/1.png")));
    String names = table("names.csv", rows.limit(1).select(lit("1.png").as("image"), col("label")));
    assertTrue(
        assertThrows(
                ConfigurationException.class,
                () -> selected(SelectFixture.variant(two, moved), "of-two", "--labels", names))
            .getMessage()
            .contains("image '1.png' may be "));
  }

  @Test
  void aTableOfOtherRowsIsRefusedThoughTheseHaveLabels() throws IOException {
    Path own = SelectFixture.variant(folder.resolve("with-labels"), rows);
    String other =
        table("other.csv", rows.select(concat(lit("x-"), col("id")).as("id"), col("label")));
    refused("no id or image of it is that of a row", other, own);
  }

  private void refused(String why, String labels) {
    refused(why, labels, bare);
  }

  private static void refused(String why, String labels, Path activations) {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> selected(activations, "of-refused", "--labels", labels));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      assertFalse(cause instanceof SparkException, "Spark would tell of it in the log");
    }
  }

  @Test
  void rowsWithoutSplitsAreDealtByImage() throws IOException {
    Path unsplit =
        SelectFixture.variant(
            folder.resolve("unsplit"), rows.withColumn("split", lit(null).cast("string")));
    Path output = folder.resolve("of-unsplit");
    String told = SelectFixture.select(spark, unsplit, output);
    assertTrue(
        told.contains("rows are dealt by image into probe, validation and test: about 60/20/20"),
        told);
    String asked = selected(unsplit, "of-asked", "--split-by", "image");
    assertEquals(asked, Files.readString(output.resolve("superneurons.json")));
    told =
        SelectFixture.select(spark, unsplit, folder.resolve("of-column"), "--split-by", "column");
    assertFalse(told.contains("dealt by image into"), told);
    assertTrue(told.contains("no test rows"), told);
    Path rare = folder.resolve("rare");
    Dataset<Row> few = rows.where("label = 'no'").union(rows.where("label = 'yes'").limit(4));
    SelectFixture.variant(rare, few.withColumn("split", lit(null).cast("string")));
    String hardlyAnyProbe = "1/99999/900000";
    told = SelectFixture.select(spark, rare, folder.resolve("of-rare"), "--split", hardlyAnyProbe);
    assertFalse(told.contains("dealt by image into"), told);
  }
}
