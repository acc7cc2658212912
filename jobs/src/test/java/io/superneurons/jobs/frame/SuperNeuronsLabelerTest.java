package io.superneurons.jobs.frame;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.LabelJob;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of a DataFrame are those of the job, row for row. */
class SuperNeuronsLabelerTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path CHECKPOINT = FIXTURE.folder().resolve("checkpoint").toAbsolutePath();
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final List<String> SAID =
      List.of("prediction", "votes", "margin", "exit_layer", "exit_part", "source", "status");

  @TempDir static Path folder;
  private static SparkSession spark;

  /** What label's job says, by image and task. */
  private static Map<String, String> expected;

  @BeforeAll
  static void label() throws Exception {
    System.setProperty("spark.sql.shuffle.partitions", "2");
    CatAndDog.write(FIXTURE, folder);
    String[] args = {
      "--model", CHECKPOINT.toString(), "--superneurons", folder.toString(),
      "--input", IMAGES.toString(), "--output", folder.resolve("job").toString()
    };
    assertEquals(0, JobMain.run(new LabelJob(), args));
    spark = Sessions.open("labeler test");
    expected = said(spark.read().parquet(folder.resolve("job").toString()), "image");
    assertEquals(6, expected.size());
  }

  @AfterAll
  static void stop() {
    System.clearProperty("spark.sql.shuffle.partitions");
    spark.stop();
  }

  private static SuperNeuronsLabeler labeler() {
    return new SuperNeuronsLabeler()
        .setModel(CHECKPOINT.toString())
        .setSuperNeurons(folder.toString());
  }

  /** What is said of each image's name and task. */
  private static Map<String, String> said(Dataset<Row> rows, String image) {
    Map<String, String> all = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      List<String> values =
          SAID.stream().map(name -> String.valueOf(row.<Object>getAs(name))).toList();
      String name = row.<String>getAs(image).replaceFirst(".*/", "");
      all.put(name + " " + row.getAs("task"), values.toString());
    }
    return all;
  }

  private static Dataset<Row> files() {
    return spark.read().format("binaryFile").load(IMAGES.toString()).select("path", "content");
  }

  @Test
  void pathsBytesAndStructsAreLabelledAsTheJobLabelsFiles() {
    Dataset<Row> files = files();
    assertEquals(expected, said(labeler().setImageCol("content").transform(files), "path"));
    assertEquals(expected, said(labeler().setImageCol("path").transform(files), "path"));
    Dataset<Row> structs =
        files.selectExpr("path", "named_struct('bytes', content, 'path', path) as image");
    assertEquals(expected, said(labeler().transform(structs.repartition(3)), "path"));
  }

  @Test
  void tasksAndQuestionsMayBeColumns() {
    Dataset<Row> rows =
        files().withColumn("which", lit("cat")).withColumn("asked", lit("Is it a cat?"));
    Dataset<Row> labels =
        labeler()
            .setImageCol("content")
            .setTaskCol("which")
            .setQuestionCol("asked")
            .transform(rows)
            .withColumn("task", col("which"));
    Map<String, String> cats = new TreeMap<>(expected);
    cats.keySet().removeIf(key -> key.endsWith("dog"));
    assertEquals(cats, said(labels, "path"));
    assertEquals(
        cats, said(labeler().setImageCol("content").setTasks("cat").transform(files()), "path"));
  }

  @Test
  void whatCannotBeLabelledHasAnErrorAndWhatCannotBeIsRefused() {
    Dataset<Row> broken =
        spark.sql("select binary('no image') as image union all select cast(null as binary)");
    List<Row> rows = labeler().setTasks("cat").transform(broken).collectAsList();
    assertEquals(2, rows.size());
    for (Row row : rows) {
      assertEquals("failed", row.getAs("status"));
      assertTrue(List.of("bad_image", "bad_row").contains(row.<String>getAs("error_kind")));
    }
    Row taskless =
        labeler()
            .setImageCol("content")
            .setTaskCol("which")
            .transform(files().limit(1).withColumn("which", lit(null).cast("string")))
            .first();
    assertEquals("failed", taskless.getAs("status"));
    assertEquals("bad_row: The task is missing; tasks: [cat, dog]", taskless.getAs("error"));
    refused("has no column image", labeler(), files());
    refused("Column image is bigint", labeler(), spark.range(1).toDF("image"));
    refused("has a column task already", labeler(), broken.withColumn("task", lit("cat")));
    refused("There are no tasks [bird]", labeler().setTasks("bird"), broken);
    refused("needs superNeurons", new SuperNeuronsLabeler().setModel("m"), broken);
  }

  @Test
  void labelsThatMayMeanNothingAreWarnedOfOnceForEachTask() throws Exception {
    Path lucky = Files.createDirectory(folder.resolve("lucky"));
    String json = Files.readString(folder.resolve(SuperNeurons.FILE_NAME));
    Files.writeString(
        lucky.resolve(SuperNeurons.FILE_NAME),
        json.replace(
            "\"Is it a cat?\",",
            "\"Is it a cat?\", \"discoveries\": {\"max_q\": 0.05, \"neurons\": 0},"));
    SuperNeuronsLabeler asked = labeler().setImageCol("content").setQuestion("Is it a dog?");
    List<String> told = warned(() -> asked.setSuperNeurons(lucky.toString()).transform(files()));
    assertEquals(2, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("task cat: CANDIDATES: none of its"), told.toString());
    assertTrue(told.get(1).startsWith("task cat: ANOTHER QUESTION"), told.toString());
    assertEquals(
        List.of(), warned(() -> labeler().setImageCol("content").transform(files())), "all well");
  }

  /** What the transformer logs meanwhile. */
  private static List<String> warned(Runnable transform) {
    List<String> told = new ArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("told", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            told.add(event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Logger logger = (Logger) LogManager.getLogger(SuperNeuronsLabeler.class);
    logger.addAppender(appender);
    try {
      transform.run();
    } finally {
      logger.removeAppender(appender);
    }
    return told;
  }

  private static void refused(String why, SuperNeuronsLabeler labeler, Dataset<Row> rows) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> labeler.transform(rows));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void aPipelineHoldsItAndIsReadBack() throws Exception {
    Dataset<Row> files = files();
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {labeler().setImageCol("content")});
    String saved = folder.resolve("pipeline").toString();
    pipeline.fit(files).write().save(saved);
    assertEquals(expected, said(PipelineModel.load(saved).transform(files), "path"));
  }

  @Test
  void aStreamLabelsNewFilesOnceAcrossARestart() throws Exception {
    Path input = Files.createDirectory(folder.resolve("arriving"));
    List<String> names = new ArrayList<>(List.of("0.png", "1.png", "2.png"));
    Map<String, String> so = new TreeMap<>();
    for (String name : names) {
      Files.copy(IMAGES.resolve(name), input.resolve(name));
      runStream(input);
      expected.forEach(
          (key, value) -> {
            if (key.startsWith(name)) {
              so.put(key, value);
            }
          });
      Dataset<Row> sink = spark.read().parquet(folder.resolve("sink").toString());
      assertEquals(so, said(sink, "path"));
      assertEquals(so.size(), sink.count(), "each once");
    }
  }

  /** A query of its own each time, which begins where its checkpoint says. */
  private static void runStream(Path input) throws Exception {
    Dataset<Row> arriving =
        spark
            .readStream()
            .format("binaryFile")
            .schema(spark.read().format("binaryFile").load(IMAGES.toString()).schema())
            .load(input.toString())
            .select("path", "content");
    StreamingQuery query =
        labeler()
            .setImageCol("content")
            .transform(arriving)
            .drop("content")
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .format("parquet")
            .start(folder.resolve("sink").toString());
    query.awaitTermination();
  }

  @Test
  void theParametersAreExplained() {
    String explained = labeler().explainParams();
    for (String name : Arrays.asList("model", "superNeurons", "imageCol", "batchSize")) {
      assertTrue(explained.contains(name + ": "), explained);
    }
  }
}
