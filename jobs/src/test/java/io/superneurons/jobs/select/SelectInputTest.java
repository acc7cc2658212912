package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Permutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What select makes of other rows than those it was planted on: in other files, shuffled, refused.
 */
class SelectInputTest {
  private static SparkSession spark;
  @TempDir static Path folder;

  /** Output of one run on the fixture, which others are compared with. */
  private static Path selection;

  @BeforeAll
  static void select() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("select input test");
    selection = folder.resolve("selection");
    SelectFixture.selectOnValidation(spark, SelectFixture.activations(), selection);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void neitherFilesNorTheirOrderNorShardsMatter() throws IOException {
    Path five =
        SelectFixture.variant(
            folder.resolve("five [1]{a} %20"),
            SelectFixture.rows(spark).repartition(5, col("id")).sortWithinPartitions("label"));
    Path other = folder.resolve("of five");
    SelectFixture.selectOnValidation(spark, five, other, "--shard-memory", "6300000b");
    assertEquals(
        Files.readString(selection.resolve("superneurons.json")),
        Files.readString(other.resolve("superneurons.json")));
    for (String table :
        List.of("scores", "evaluations", "curves", "margins", "transfer", "shared_neurons")) {
      assertEquals(lines(selection.resolve(table)), lines(other.resolve(table)));
    }
  }

  @Test
  void shuffledLabelsFindNothing() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark).where(col("task").equalTo("dog"));
    Path shuffled =
        SelectFixture.variant(
            folder.resolve("shuffled"),
            rows.withColumn(
                "label", when(hash(col("id")).bitwiseAND(2).equalTo(0), "no").otherwise("yes")));
    Path output = folder.resolve("of-shuffled");
    String told = SelectFixture.select(spark, shuffled, output, "--permutations", "19");
    Permutations permutations = task(read(output), "dog").chosen().permutations().orElseThrow();
    assertFalse(permutations.found(), permutations.toString());
    assertTrue(told.contains("NOTHING FOUND"), told);
    assertTrue(told.contains("CANDIDATES: no neuron has a q-value of at most 0.05"), told);
    assertFalse(task(read(output), "dog").chosen().discoveries().orElseThrow().any());
    Dataset<Row> scores = spark.read().parquet(output.resolve("scores").toString());
    assertEquals(0, scores.where(col("q_value").lt(0.05)).count());
    assertTrue(task(read(output), "dog").metrics().get("test").get("accuracy") < 0.7);
  }

  @Test
  void oneImageUnderTwoNamesIsOnBothSides() throws IOException {
    Path alike =
        SelectFixture.variant(
            folder.resolve("two-names"),
            SelectFixture.rows(spark)
                .where("task = 'dog' and not (split = 'probe' and label = 'no')")
                .union(
                    SelectFixture.rows(spark)
                        .where("task = 'dog' and split = 'probe' and label = 'no'")
                        .orderBy("id")
                        .limit(3))
                .withColumn("image_sha256", regexp_extract(col("image"), "\\d+", 0)));
    String told = SelectFixture.select(spark, alike, folder.resolve("of-two-names"));
    assertTrue(told.contains("task 'dog' has 40 images in more than one of probe"), told);
    assertTrue(told.contains("--split-by image deals rows out so that none is"), told);
    assertFalse(told.contains("tell little"), told);
    told =
        SelectFixture.select(
            spark, alike, folder.resolve("of-two-names-dealt"), "--split-by", "image");
    assertFalse(told.contains("in more than one of probe"), told);
  }

  @Test
  void columnsThatOnlySomeFilesHaveCountInThese() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark).where(col("task").equalTo("dog"));
    Dataset<Row> probing = rows.where("split = 'probe'");
    Dataset<Row> others = rows.where("split <> 'probe'");
    Path whole = SelectFixture.variant(folder.resolve("whole"), rows);
    SelectFixture.select(spark, whole, folder.resolve("of-whole"));
    Path some = inTwoFiles("unlike", probing.drop("split"), others);
    SelectFixture.select(spark, some, folder.resolve("of-unlike"));
    assertEquals(
        Files.readString(folder.resolve("of-whole/superneurons.json")),
        Files.readString(folder.resolve("of-unlike/superneurons.json")));
    unlike("number", probing, others.withColumn("label", hash(col("label"))), "Column label is ");
    unlike(
        "hashed",
        probing.withColumn("image", lit("one.png")),
        others.withColumn("image_sha256", col("id")).withColumn("image", lit("one.png")),
        "image 'one.png' has an image_sha256 in some rows and none in others");
  }

  private static void unlike(String name, Dataset<Row> one, Dataset<Row> other, String why)
      throws IOException {
    Path activations = inTwoFiles(name, one, other);
    Path output = folder.resolve("of-" + name);
    Exception e =
        assertThrows(
            ConfigurationException.class, () -> SelectFixture.select(spark, activations, output));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static Path inTwoFiles(String name, Dataset<Row> one, Dataset<Row> other)
      throws IOException {
    Path both = SelectFixture.variant(folder.resolve(name), one.coalesce(1));
    try (Stream<Path> files = Files.list(both)) {
      Path only = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(only, both.resolve("a.parquet")); // the first by name
    }
    other.coalesce(1).write().mode("append").parquet(both.toString());
    return both;
  }

  @Test
  void anEvaluationSetChoosesNothing() throws IOException {
    Path shifted =
        SelectFixture.variant(
            folder.resolve("shifted"),
            SelectFixture.rows(spark)
                .where(col("split").equalTo("test"))
                .withColumn("id", concat(lit("shifted-"), col("id"))));
    Path output = folder.resolve("with-shifted");
    SelectFixture.selectOnValidation(
        spark, SelectFixture.activations(), output, "--evaluate", shifted + "=shifted");
    TaskSuperNeurons with = task(read(output), "dog");
    TaskSuperNeurons without = task(read(selection), "dog");
    assertEquals(without.metrics().get("test"), with.metrics().get("shifted"));
    assertEquals(without.metrics().get("test"), with.metrics().get("test"));
    assertEquals(
        without.neurons().stream().map(n -> n.neuron()).toList(),
        with.neurons().stream().map(n -> n.neuron()).toList());
    List<String> sideBySide = new ArrayList<>();
    with.baselines()
        .forEach(
            (method, bySet) -> {
              assertEquals(bySet.get("test"), bySet.get("shifted"), method);
              sideBySide.add(method);
            });
    assertEquals(
        List.of(
            "model_answer", "savs", "hec", "calm", "linear_probe", "random_neurons", "majority"),
        sideBySide);
  }

  @Test
  void aTaskThatCannotWorkIsRefusedByName() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark);
    refused("unlabelled", rows.withColumn("label", lit(null).cast("string")), "no labelled rows");
    refused("one-label", rows.withColumn("label", lit("yes")), "one label, 'yes'");
    refused(
        "alike",
        rows.withColumn(
            "label", when(col("answer").startsWith(" Y"), "Yes ").otherwise(col("label"))),
        "differ only in case or spaces");
    refused("site", rows.drop("l02_attn_z"), "l02_attn_z");
    refused("split", rows.withColumn("split", lit("train")), "'train'");
    refused("twice", rows.union(rows), "more than once");
  }

  private static void refused(String name, Dataset<Row> rows, String named) throws IOException {
    Path activations = SelectFixture.variant(folder.resolve(name), rows);
    Path output = folder.resolve("of-" + name);
    Exception e =
        assertThrows(
            ConfigurationException.class, () -> SelectFixture.select(spark, activations, output));
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertTrue(Files.notExists(output), "nothing is written");
  }

  private static List<String> lines(Path table) {
    return spark.read().parquet(table.toString()).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static SuperNeurons read(Path output) throws IOException {
    return SelectFixture.read(output);
  }

  private static TaskSuperNeurons task(SuperNeurons superNeurons, String name) {
    return SelectFixture.task(superNeurons, name);
  }
}
