package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.LabelsFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model's answers as labels, and beside them. */
class LabelsFromAnswerTest {
  private static SparkSession spark;
  @TempDir static Path folder;

  @BeforeAll
  static void open() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("labels from answers test");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Answers are spelt in several ways, one is rare, and some rows have no label. */
  @Test
  void answersAreTheLabelsAndLabelsAreComparedWith() throws IOException {
    Dataset<Row> dog = SelectFixture.rows(spark).where("task = 'dog'");
    Dataset<Row> changed =
        dog.withColumn(
                "answer",
                when(col("id").endsWith("7"), concat(lit(" "), col("answer"), lit(". ")))
                    .when(
                        col("id").equalTo(dog.where("split = 'probe'").first().<String>getAs("id")),
                        lit("a cat"))
                    .otherwise(col("answer")))
            .withColumn("label", when(col("id").endsWith("3"), lit(null)).otherwise(col("label")));
    Path activations = SelectFixture.variant(folder.resolve("activations"), changed);
    Path output = folder.resolve("selection");
    String told =
        SelectFixture.select(spark, activations, output, "--labels-from", "answer", "--max-q=1");
    TaskSuperNeurons task = SelectFixture.task(SelectFixture.read(output), "dog");
    assertEquals(List.of("no", "yes"), task.labels());
    assertEquals(LabelsFrom.ANSWER, task.chosen().labelsFrom());
    assertTrue(told.contains("LABELS ARE THE MODEL'S OWN ANSWERS"), told);
    assertTrue(
        Files.readString(output.resolve("superneurons.json"))
            .contains("\"labels_from\" : \"answer\""));
    String labelled = "split = 'test' and label is not null and label = answer_label";
    Dataset<Row> test =
        changed.withColumn(
            "answer_label",
            when(col("answer").rlike("(?i)yes"), "yes").when(col("answer").rlike("(?i)no"), "no"));
    double rows = test.where("split = 'test' and label is not null").count();
    double right = test.where(labelled).count();
    Map<String, Double> answers = task.baselines().get("model_answer").get("test");
    assertEquals(right / rows, answers.get("true_accuracy"), 1e-12);
    assertTrue(right < rows, "the model is wrong on some rows");
    assertFalse(answers.containsKey("accuracy"), "by its own answers it is always right");
    double ofNeurons = task.metrics().get("test").get("true_accuracy");
    assertTrue(ofNeurons > 0.5 && ofNeurons <= 1, String.valueOf(ofNeurons));
  }

  /** A model that answers in other words is told from one that is always wrong. */
  @Test
  void answersOutsideTheLabelsAreTold() throws IOException {
    Dataset<Row> small = SelectFixture.rows(spark).where("task = 'small'");
    String words = "THE MODEL ANSWERS IN OTHER WORDS than the labels, on every row of probe, test;";
    String told = answered("other", small.withColumn("answer", lit("A cat.")));
    assertTrue(told.contains(words), told);
    assertTrue(told.contains("the most frequent: 'A cat.' (64)"), told);
    assertTrue(told.contains("; name the labels in the question, or extract with"), told);
    Dataset<Row> asked = small.withColumn("question", lit("Left, or RIGHT?"));
    told = answered("asked", asked.withColumn("answer", lit("A cat.")));
    assertTrue(told.contains("'A cat.' (64); extract with --prompt-suffix"), "it names them");
    assertEquals(0, named("other"));
    Column wrong = when(col("label").equalTo("left"), "right").otherwise("left");
    told = answered("wrong", small.withColumn("answer", wrong));
    assertFalse(told.contains("OTHER WORDS"), told);
    assertEquals(1, named("wrong"));
  }

  private static String answered(String name, Dataset<Row> rows) throws IOException {
    Path activations = SelectFixture.variant(folder.resolve(name + "-activations"), rows);
    return SelectFixture.select(spark, activations, folder.resolve(name), "--max-q", "1");
  }

  /** The share of test rows whose answer names a label. */
  private static double named(String name) throws IOException {
    TaskSuperNeurons task = SelectFixture.read(folder.resolve(name)).tasks().get(0);
    Map<String, Double> answers = task.baselines().get("model_answer").get("test");
    assertEquals(0, answers.get("accuracy"));
    return answers.get("coverage");
  }

  @Test
  void withoutAnswersItIsRefused() throws IOException {
    Path activations =
        SelectFixture.variant(
            folder.resolve("unanswered"), SelectFixture.rows(spark).drop("answer"));
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                SelectFixture.select(
                    spark, activations, folder.resolve("none"), "--labels-from", "answer"));
    assertTrue(e.getMessage().contains("extract --answer"), e.getMessage());
  }
}
