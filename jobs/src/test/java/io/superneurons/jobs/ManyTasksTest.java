package io.superneurons.jobs;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.Float16;
import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ActivationsWriter;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixty small tasks beside one with sixty labels, in one scan. */
class ManyTasksTest {
  private static final int SMALL = 60;
  private static final int LABELS = 60;
  private static SparkSession spark;

  @TempDir static Path folder;

  @BeforeAll
  static void open() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    spark = Sessions.open("many tasks test");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void everyTaskFindsWhatWasPlantedHoweverTasksAreBatched() throws IOException {
    Path activations = write();
    Path once = folder.resolve("once");
    SelectFixture.select(spark, activations, once, "--learning-rows", "0");
    SuperNeurons found = read(once);
    assertEquals(SMALL + 1, found.tasks().size());
    int planted = 0;
    for (TaskSuperNeurons task : found.tasks()) {
      int number = Integer.parseInt(task.task());
      if (number < SMALL) {
        planted += task.neurons().get(0).neuron().index() == number % 20 ? 1 : 0;
      } else {
        double accuracy = task.metrics().get("test").get("accuracy");
        assertTrue(accuracy > 10.0 / LABELS, "accuracy " + accuracy + " of " + LABELS + " labels");
      }
    }
    assertTrue(planted > 0.9 * SMALL, planted + " of " + SMALL);
    assertEquals(
        (SMALL + 1) * 3L * 48, spark.read().parquet(once.resolve("scores").toString()).count());

    transfersAreWhatTheFileClassifies(activations, once, found);

    Path batched = folder.resolve("batched");
    SelectFixture.select(
        spark, activations, batched, "--shard-memory", "96m", "--learning-rows", "0");
    assertEquals(found.toJson(), read(batched).toJson());
    assertEquals(
        0,
        spark
            .read()
            .parquet(once.resolve("scores").toString())
            .exceptAll(spark.read().parquet(batched.resolve("scores").toString()))
            .where(col("task").isNotNull())
            .count());
  }

  /** Task 20 has the planted neuron of task 0. */
  private static void transfersAreWhatTheFileClassifies(
      Path activations, Path selection, SuperNeurons found) {
    Dataset<Row> all = spark.read().parquet(selection.resolve("transfer").toString());
    assertEquals(16 * 15, all.count());
    TaskSuperNeurons zero = found.tasks().get(0);
    assertEquals("0", zero.task());
    Dataset<Row> rows = spark.read().parquet(activations.toString()).where("split = 'test'");
    for (Row transfer : all.where("from_task = '0'").collectAsList()) {
      String to = transfer.getAs("to_task");
      List<Row> ofTask = rows.where(col("task").equalTo(to)).collectAsList();
      long right =
          ofTask.stream()
              .filter(
                  row ->
                      zero.classify(neuron -> SelectFixture.value(row, neuron))
                          .label()
                          .equals(Optional.of(row.<String>getAs("label"))))
              .count();
      assertEquals(ofTask.size(), transfer.<Integer>getAs("n"));
      assertEquals((double) right / ofTask.size(), transfer.<Double>getAs("value"), 1e-12);
      if (to.equals("20")) {
        assertTrue(transfer.<Double>getAs("value") > 0.8, transfer.toString());
      }
    }
  }

  private static SuperNeurons read(Path output) throws IOException {
    Path file = output.resolve(SuperNeurons.FILE_NAME);
    return SuperNeurons.fromJson(Files.readString(file), file.toString());
  }

  /**
   * Neuron {@code task % 20} of layer 1's MLP knows a small task; all of layer 2 know the large
   * one.
   */
  private static Path write() throws IOException {
    Path made = Files.createDirectory(folder.resolve("activations"));
    Path metadata = SelectFixture.activations().resolve(ActivationsMetadata.FILE_NAME);
    String json = Files.readString(metadata);
    Files.writeString(made.resolve(ActivationsMetadata.FILE_NAME), json);
    ActivationsMetadata read = ActivationsMetadata.fromJson(json, "there");
    List<LayerSite> columns = read.layout().columns();
    Random random = new Random(4);
    try (ParquetWriter<Object[]> rows =
        ParquetRows.open(
            new Configuration(),
            new org.apache.hadoop.fs.Path(made.resolve("part-0.parquet").toUri()),
            ParquetRows.schema(
                "activations",
                ActivationsWriter.COLUMNS,
                columns.stream().map(LayerSite::column).toList()))) {
      for (int task = 0; task < SMALL; task++) {
        for (int row = 0; row < 24; row++) {
          rows.write(row(read, columns, task, row, row % 2, 2, random));
        }
      }
      for (int row = 0; row < 12 * LABELS; row++) {
        rows.write(row(read, columns, SMALL, row, row % LABELS, LABELS, random));
      }
    }
    return made;
  }

  private static Object[] row(
      ActivationsMetadata read,
      List<LayerSite> columns,
      int task,
      int row,
      int label,
      int labels,
      Random random) {
    List<Object> values = new ArrayList<>();
    int turn = row / labels % 4;
    values.add(task + "-" + row);
    values.add(String.valueOf(task));
    values.add(turn == 3 ? "test" : turn == 2 ? "validation" : "probe");
    values.add(task + "-" + row + ".png");
    values.add("Which?");
    values.add("label " + (100 + label));
    values.add(null);
    for (LayerSite column : columns) {
      int width = read.layout().width(column);
      ByteBuffer vector = ByteBuffer.allocate(2 * width).order(ByteOrder.LITTLE_ENDIAN);
      for (int neuron = 0; neuron < width; neuron++) {
        double value = random.nextGaussian();
        if (labels == 2 && column.column().equals("l01_mlp_post") && neuron == task % width) {
          value += 6 * label;
        }
        if (labels > 2 && column.layer() == 2) {
          value = 0.1 * value + (label * (neuron + 7) % labels) / 10.0;
        }
        vector.putShort(Float16.fromFloat((float) value));
      }
      values.add(vector.array());
    }
    return values.toArray();
  }
}
