package io.superneurons.jobs.select.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.superneurons.jobs.CountedFileSystem;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Select from so many files that their rows are gathered first. */
class GatheredFilesTest {
  private static final String IMPLEMENTATION =
      "spark.hadoop.fs." + CountedFileSystem.SCHEME + ".impl";

  /** With four cores more than a thousand openings in a look. */
  private static final int FILES = 260;

  private static SparkSession spark;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[4]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    System.setProperty(IMPLEMENTATION, CountedFileSystem.class.getName());
    spark = Sessions.open("gathered files test");
    SelectFixture.variant(folder.resolve("many"), SelectFixture.rows(spark).repartition(FILES));
  }

  @AfterAll
  static void stop() {
    System.clearProperty(IMPLEMENTATION);
    spark.stop();
  }

  @Test
  void eachFileIsOpenedForItsColumnsRowsValuesAndWordsAndTheSameIsChosen() throws IOException {
    SelectFixture.select(
        spark, SelectFixture.activations(), folder.resolve("of-one"), "--learning-rows", "0");
    CountedFileSystem.opened();
    String many = CountedFileSystem.SCHEME + "://" + folder.resolve("many");
    SelectFixture.select(spark, Path.of(many), folder.resolve("of-many"), "--learning-rows", "0");
    Map<String, Integer> opened = CountedFileSystem.opened();
    opened.keySet().removeIf(name -> !name.startsWith("part-"));
    assertEquals(FILES, opened.size());
    int openings = opened.values().stream().mapToInt(Integer::intValue).sum();
    assertEquals(4 * FILES, openings, "first for the columns that each has");
    assertEquals(text("of-one"), text("of-many"));
    assertEquals(scores("of-one"), scores("of-many"));
    try (Stream<Path> left = Files.list(folder.resolve("of-many"))) {
      assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("_staged")));
    }
  }

  private static String text(String selection) throws IOException {
    return Files.readString(folder.resolve(selection).resolve(SuperNeurons.FILE_NAME));
  }

  private static List<String> scores(String selection) {
    return spark
        .read()
        .parquet(folder.resolve(selection).resolve("scores").toString())
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
