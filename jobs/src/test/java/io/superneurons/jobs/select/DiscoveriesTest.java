package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveriesTest {
  @TempDir private Path folder;

  /** A limit that is a neuron's q-value itself, where counts of p-values by steps leave doubt. */
  @Test
  void discoveriesAreThoseOfTheTable() throws IOException {
    try (SparkSession spark = Sessions.open("discoveries")) {
      spark.conf().set("spark.sql.shuffle.partitions", "2");
      Path first = folder.resolve("first");
      SelectFixture.select(spark, SelectFixture.activations(), first);
      double limit =
          scores(spark, first)
              .where("q_value > 0.001")
              .selectExpr("min(q_value)")
              .head()
              .getDouble(0);
      assertTrue(limit < 1, "no neuron stands out");
      Path second = folder.resolve("second");
      SelectFixture.select(
          spark, SelectFixture.activations(), second, "--max-q", Double.toString(limit));
      for (TaskSuperNeurons task : SelectFixture.read(second).tasks()) {
        long inTable =
            scores(spark, second)
                .where("task = '" + task.task() + "' and q_value <= " + limit + "D")
                .count();
        assertEquals(inTable, task.chosen().discoveries().orElseThrow().neurons(), task.task());
      }
    }
  }

  private static Dataset<Row> scores(SparkSession spark, Path selection) {
    return spark.read().parquet(selection.resolve("scores").toString());
  }
}
