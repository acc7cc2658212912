package io.superneurons.jobs.select.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
  private static final String TOLD = "held-out score by rows per label";

  @TempDir private Path folder;

  /**
   * The tasks have 24, 80 and 120 rows to learn from; that of the last two only 40 and 60 make the
   * choices has no say.
   */
  @Test
  void onlyTasksOfFewRowsGetACurve() throws IOException {
    try (SparkSession spark = Sessions.open("learning curves")) {
      spark.conf().set("spark.sql.shuffle.partitions", "2");
      assertEquals(0, curves(spark, 23));
      assertEquals(1, curves(spark, 79));
      assertEquals(3, curves(spark, 120));
    }
  }

  private long curves(SparkSession spark, int learningRows) throws IOException {
    String told =
        SelectFixture.select(
            spark,
            SelectFixture.activations(),
            folder.resolve("rows-" + learningRows),
            "--choose-on",
            "validation",
            "--fit-on",
            "probe",
            "--learning-rows",
            Integer.toString(learningRows));
    return told.lines().filter(line -> line.contains(TOLD)).count();
  }
}
