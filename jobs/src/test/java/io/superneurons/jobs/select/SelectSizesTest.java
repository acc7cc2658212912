package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes of images on planted activations: small ones that know as much, or less. */
class SelectSizesTest {
  private static final String METADATA = "_superneurons.json";
  private static final long LARGE = 4000;
  private static final long SMALL = 1000;

  private static SparkSession spark;
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    spark = Sessions.open("select sizes");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
  }

  @AfterAll
  static void close() throws IOException {
    spark.close();
  }

  /** Activations as extract would write them of images of a size, at a cost in proportion. */
  private Path size(String name, Dataset<Row> rows, long pixels) throws IOException {
    Path made = SelectFixture.variant(folder.resolve(name), rows);
    return described(made, pixels, String.format(Locale.ROOT, "\"cost\": %s,", cost(pixels)));
  }

  private static Path described(Path made, long pixels, String cost) throws IOException {
    return described(
        made, String.format(Locale.ROOT, "\"min_pixels\": 10, \"max_pixels\": %d", pixels), cost);
  }

  private static Path described(Path made, String size, String cost) throws IOException {
    String text = Files.readString(made.resolve(METADATA));
    String limits = "\"size\": 64, " + size;
    String more = text.replace("\"size\": 64", limits).replaceFirst("\\{", "{" + cost);
    Files.writeString(made.resolve(METADATA), more);
    return made;
  }

  private static String cost(long pixels) {
    return String.format(
        Locale.ROOT,
        "{\"tower\": %d, \"tower_start\": 0, \"tower_layer\": 0, \"per_layer\": %d,"
            + " \"exit_layer\": %d, \"head\": 0}",
        pixels,
        pixels,
        pixels / 10);
  }

  /** The same rows, each with the vectors of another one, which say nothing of its label. */
  private static Dataset<Row> blind(Dataset<Row> rows, String task, int step) {
    List<Row> all = rows.orderBy("id").collectAsList();
    List<Row> ofTask = all.stream().filter(row -> row.getAs("task").equals(task)).toList();
    List<Row> made = new ArrayList<>();
    for (Row row : all) {
      int place = ofTask.indexOf(row);
      made.add(place < 0 ? row : withVectors(row, ofTask.get((place + step) % ofTask.size())));
    }
    return spark.createDataFrame(made, rows.schema());
  }

  private static Row withVectors(Row row, Row other) {
    Object[] values = new Object[row.size()];
    for (int column = 0; column < values.length; column++) {
      boolean vector = row.schema().fieldNames()[column].matches("l\\d\\d_.*");
      values[column] = vector ? other.get(column) : row.get(column);
    }
    return RowFactory.create(values);
  }

  /** The same of images that were cut into tiles. */
  private Path tiles(String name, Dataset<Row> rows, long tiles) throws IOException {
    return described(
        SelectFixture.variant(folder.resolve(name), rows), "\"max_tiles\": " + tiles, costs(tiles));
  }

  private static String costs(long tiles) {
    return String.format(Locale.ROOT, "\"cost\": %s,", cost(1000 * (tiles + 1)));
  }

  private static Path both(Path one, Path other) {
    return Path.of(one + "," + other);
  }

  @Test
  void smallImagesThatKnowAsMuchAreTaken() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark);
    Path large = size("large", rows, LARGE);
    Path small = size("small", rows, SMALL);
    Path output = folder.resolve("output");
    String told = SelectFixture.select(spark, both(large, small), output);
    SuperNeurons chosen = SelectFixture.read(output);
    assertEquals(1000, chosen.image().get("max_pixels"), told);
    assertTrue(told.contains("by the tokens of an image of 640 x 480 pixels"), told);
    assertTrue(told.contains("report --selection " + output + " --activations " + small), told);
    Path alone = folder.resolve("alone");
    SelectFixture.select(spark, small, alone);
    SuperNeurons own = SelectFixture.read(alone);
    assertEquals(SelectFixture.withoutExitPlans(own), SelectFixture.withoutExitPlans(chosen));
    for (TaskSuperNeurons task : own.tasks()) {
      TaskSuperNeurons same = SelectFixture.task(chosen, task.task());
      assertEquals(2 * task.chosen().exitPlan().size(), same.chosen().exitPlan().size());
    }
  }

  @Test
  void oneTaskThatSmallImagesBlindKeepsThemLarge() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark);
    String task = SelectFixture.expected().get("tasks").get(0).get("task").asText();
    Path large = size("large", rows, LARGE);
    Path small = size("small", blind(rows, task, 1), SMALL);
    Path output = folder.resolve("output");
    String told = SelectFixture.select(spark, both(small, large), output);
    assertEquals(4000, SelectFixture.read(output).image().get("max_pixels"), told);
    Path tolerant = folder.resolve("tolerant");
    told = SelectFixture.select(spark, both(small, large), tolerant, "--tolerance", "0.9");
    assertEquals(1000, SelectFixture.read(tolerant).image().get("max_pixels"), told);
  }

  @Test
  void aTaskThatLuckExplainsAtEverySizeHasNoSay() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark);
    String task = SelectFixture.expected().get("tasks").get(0).get("task").asText();
    Path one = size("one", blind(rows, task, 1), LARGE);
    Path other = size("other", blind(rows, task, 2), SMALL);
    Path output = folder.resolve("output");
    String told = SelectFixture.select(spark, both(one, other), output);
    assertEquals(1000, SelectFixture.read(output).image().get("max_pixels"), told);
    // With the costs the other way round: whichever of the two luck favours, the cheaper is taken.
    Path dear = size("dear", blind(rows, task, 2), LARGE);
    Path cheap = size("cheap", blind(rows, task, 1), SMALL);
    Path turned = folder.resolve("turned");
    told = SelectFixture.select(spark, both(dear, cheap), turned);
    assertEquals(1000, SelectFixture.read(turned).image().get("max_pixels"), told);
  }

  @Test
  void tilesAreComparedAsPixelsAreButNotWithThem() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark);
    String task = SelectFixture.expected().get("tasks").get(0).get("task").asText();
    Path many = tiles("many", rows, 9);
    Path few = tiles("few", rows, 4);
    Path one = tiles("one", blind(rows, task, 1), 1);
    Path output = folder.resolve("output");
    String told = SelectFixture.select(spark, both(both(many, few), one), output);
    assertEquals(4, SelectFixture.read(output).image().get("max_tiles"), told);
    assertTrue(told.contains("3 sizes of images"), told);
    assertTrue(told.contains("at most 1 tile "), told);
    Path own =
        described(SelectFixture.variant(folder.resolve("own"), rows), "\"grid\": 1", costs(12));
    Path less = folder.resolve("less");
    told = SelectFixture.select(spark, both(own, few), less);
    assertEquals(4, SelectFixture.read(less).image().get("max_tiles"), told);
    assertTrue(told.contains("the checkpoint's own size"), told);
    Path pixels = size("pixels", rows, SMALL);
    Exception refusal =
        assertThrows(
            ConfigurationException.class,
            () -> SelectFixture.select(spark, both(few, pixels), folder.resolve("mixed")));
    assertTrue(refusal.getMessage().contains("by pixels or by tiles, not both"), "" + refusal);
    Path wrong =
        described(SelectFixture.variant(folder.resolve("wrong"), rows), "\"max_tiles\": 0", "");
    refusal =
        assertThrows(
            ConfigurationException.class,
            () -> SelectFixture.select(spark, both(few, wrong), folder.resolve("mixed")));
    assertTrue(refusal.getMessage().contains("max-tiles must be positive"), "" + refusal);
  }

  @Test
  void sizesWithoutCostsAreRefused() throws IOException {
    Path large = size("large", SelectFixture.rows(spark), LARGE);
    Path small = SelectFixture.variant(folder.resolve("small"), SelectFixture.rows(spark));
    described(small, SMALL, "");
    Path output = folder.resolve("output");
    Exception refusal =
        assertThrows(
            ConfigurationException.class,
            () -> SelectFixture.select(spark, both(large, small), output));
    assertTrue(refusal.getMessage().contains("not all of --activations say"), "" + refusal);
    assertFalse(Files.exists(output.resolve(SuperNeurons.FILE_NAME)));
  }
}
