package io.superneurons.jobs.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.label.RowLabeller;
import io.superneurons.model.Fixture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of SQL's function are those of the transformer, row for row. */
class SuperNeuronsExtensionsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final String MODEL = "spark.superneurons.model";
  private static final String SUPER_NEURONS = "spark.superneurons.super-neurons";
  private static final String TASK = "spark.superneurons.task";

  @TempDir static Path folder;
  private static SparkSession spark;
  private static SuperNeuronsLabeler labeler;

  @BeforeAll
  static void open() throws Exception {
    System.setProperty("spark.sql.shuffle.partitions", "2");
    System.setProperty("spark.sql.extensions", SuperNeuronsExtensions.class.getName());
    CatAndDog.write(FIXTURE, folder);
    spark = Sessions.open("sql test");
    labeler =
        new SuperNeuronsLabeler()
            .setModel(FIXTURE.folder().resolve("checkpoint").toAbsolutePath().toString())
            .setSuperNeurons(folder.toString());
  }

  @AfterAll
  static void stop() {
    System.clearProperty("spark.sql.shuffle.partitions");
    System.clearProperty("spark.sql.extensions");
    spark.stop();
  }

  @BeforeEach
  void settings() {
    spark.conf().set(MODEL, labeler.getOrDefault(labeler.model()).toString());
    spark.conf().set(SUPER_NEURONS, folder.toString());
    spark.conf().unset(TASK);
    spark
        .read()
        .format("binaryFile")
        .load(IMAGES.toString())
        .repartition(2)
        .createOrReplaceTempView("images");
  }

  /** What the transformer says of a query's rows, by path and task. */
  private static Map<String, String> expected(String query, String image) {
    return said(labeler.copy(labeler.extractParamMap()).setImageCol(image).transform(sql(query)));
  }

  private static Dataset<Row> sql(String query) {
    return spark.sql(query);
  }

  /** All that is said of each path and task. */
  private static Map<String, String> said(Dataset<Row> rows) {
    Map<String, String> all = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      StringBuilder values = new StringBuilder();
      for (String name : RowLabeller.COLUMNS.fieldNames()) {
        values.append(name).append('=').append(row.<Object>getAs(name)).append(' ');
      }
      all.put(row.getAs("path") + " " + row.getAs("task"), values.toString());
    }
    return all;
  }

  @Test
  void sqlSaysWhatTheTransformerSaysOfBytesPathsAndStructs() {
    String tasks = "(select explode(array('cat', 'dog')) as which)";
    Map<String, String> so = expected("select path, content from images", "content");
    assertEquals(6, so.size());
    for (String image : List.of("content", "path", "struct(content as bytes, path)")) {
      String query =
          "select path, l.* from (select path, superneurons_label(%s, which) as l from images"
              + " cross join %s)";
      assertEquals(so, said(sql(query.replaceFirst("%s", image).replaceFirst("%s", tasks))), image);
    }
  }

  @Test
  void theTaskIsAnArgumentOrASetting() {
    Map<String, String> cats = expected("select path, content from images", "content");
    cats.keySet().removeIf(key -> key.endsWith("dog"));
    String query = "select path, l.* from (select path, superneurons_label(%s) as l from images)";
    assertEquals(cats, said(sql(query.replace("%s", "content, 'cat'"))));
    spark.sql("set spark.superneurons.task=cat");
    assertEquals(cats, said(sql(query.replace("%s", "content"))));
    assertEquals(cats, said(sql(query.replace("%s", "content, 'cat', 'Is it a cat?'"))));
  }

  @Test
  void whatCannotBeLabelledHasAStatusAndNoPrediction() {
    List<Row> rows =
        sql("select superneurons_label(image, task) as l from values"
                + " (cast('no image' as binary), 'cat'), (null, 'cat'), (null, 'bird'), (null, null)"
                + " as t(image, task)")
            .select("l.*")
            .collectAsList();
    assertEquals(4, rows.size());
    for (Row row : rows) {
      assertEquals("failed", row.getAs("status"));
      assertNull(row.<String>getAs("prediction"));
      assertTrue(List.of("bad_image", "bad_row").contains(row.<String>getAs("error_kind")));
    }
    assertTrue(rows.get(2).<String>getAs("error").contains("Task bird has no Super Neurons"));
  }

  @Test
  void aFilterOnALabelDoesNotAskTwice() {
    String plan =
        sql("select path, l.margin from (select path, superneurons_label(content, 'cat') as l"
                + " from images) where l.prediction = 'yes'")
            .queryExecution()
            .optimizedPlan()
            .toString();
    assertEquals(2, plan.split("superneurons_label\\(", -1).length, plan);
  }

  @Test
  void anImageWithoutATableIsLabelled() {
    String image = IMAGES.resolve("0.png").toString();
    Row label = sql("select superneurons_label('" + image + "', 'dog') as l").select("l.*").first();
    Map<String, String> so = expected("select '" + image + "' as path", "path");
    assertEquals(so.get(image + " dog").split(" ")[1], "prediction=" + label.getAs("prediction"));
  }

  @Test
  void whatIsMissingIsNamed() {
    spark.conf().unset(MODEL);
    refused("superneurons_label needs spark.superneurons.model: name the folder", "content, 'cat'");
    settings();
    spark.conf().unset(SUPER_NEURONS);
    refused("superneurons_label needs spark.superneurons.super-neurons", "content, 'cat'");
    settings();
    refused("there are several tasks; tasks: [cat, dog]. Name one", "content");
    refused("there is no task bird; tasks: [cat, dog]", "content, 'bird'");
    refused("takes 1 to 3 arguments, not 0", "");
    refused("The image of superneurons_label is bigint; it must be string", "length, 'cat'");
    spark.conf().set(SUPER_NEURONS, folder.resolve("nowhere").toString());
    refused("nowhere", "content, 'cat'");
  }

  private static void refused(String why, String arguments) {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> sql("select superneurons_label(" + arguments + ") from images"));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void theFunctionIsDescribed() {
    String told = Arrays.toString((Row[]) sql("describe function superneurons_label").collect());
    assertTrue(told.contains("superneurons_label(image[, task[, question]])"), told);
  }
}
