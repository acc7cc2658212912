package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.cascade.Calibration;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reliability diagram and its error, counted again from the file that label reads. */
class ReliabilityTest {
  private static SparkSession spark;
  @TempDir static Path folder;

  /** What fell into a bin of the diagram. */
  private static final class Bin {
    private double probability;
    private double right;
    private double rows;
  }

  @BeforeAll
  static void open() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("reliability test");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"majority", "naive-bayes", "ridge"})
  void binsAndTheirErrorAreThoseOfTheTestRows(String vote) throws IOException {
    Path output = folder.resolve(vote);
    SelectFixture.select(
        spark, SelectFixture.activations(), output, "--tasks", "dog,land", "--vote", vote);
    for (TaskSuperNeurons task : SelectFixture.read(output).tasks()) {
      Calibration calibration = Calibration.of(task.cascade().heldOut().orElseThrow(), 0);
      assertTrue(calibration.slope() > 0, "rows with a larger margin are right more often");
      Map<Integer, Bin> bins = new TreeMap<>();
      String test = "split = 'test' and task = '" + task.task() + "'";
      List<Row> rows = SelectFixture.rows(spark).where(test).collectAsList();
      for (Row row : rows) {
        Prediction said = task.classify(neuron -> SelectFixture.value(row, neuron));
        double probability = calibration.probability(said.margin());
        Bin bin = bins.computeIfAbsent((int) Math.min(9, probability * 10), i -> new Bin());
        bin.probability += probability;
        bin.right += said.label().equals(Optional.of(row.<String>getAs("label"))) ? 1 : 0;
        bin.rows++;
      }
      same(bins, rows.size(), output, task.task());
    }
  }

  private static void same(Map<Integer, Bin> bins, int rows, Path output, String task) {
    List<Row> written =
        spark
            .read()
            .parquet(output.resolve("reliability").toString())
            .where(col("task").equalTo(task).and(col("set").equalTo("test")))
            .orderBy("probability")
            .collectAsList();
    assertEquals(bins.size(), written.size());
    assertFalse(written.isEmpty());
    double error = 0;
    int i = 0;
    for (Bin bin : bins.values()) {
      Row row = written.get(i++);
      assertEquals(bin.probability / bin.rows, row.<Double>getAs("probability"), 1e-12);
      assertEquals(bin.right / bin.rows, row.<Double>getAs("right"), 1e-12);
      assertEquals(bin.rows, ((Number) row.getAs("n")).doubleValue());
      error += Math.abs(bin.probability - bin.right) / rows;
    }
    Row ece =
        spark
            .read()
            .parquet(output.resolve("evaluations").toString())
            .where(
                col("task")
                    .equalTo(task)
                    .and(col("set").equalTo("test"))
                    .and(col("metric").equalTo("ece")))
            .first();
    assertEquals(error, ece.<Double>getAs("value"), 1e-12);
  }
}
