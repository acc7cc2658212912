package io.superneurons.export.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.export.ExportJob;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions on their way to Label Studio. */
class LabelStudioTasksTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writePredictions() throws IOException {
    String first =
        "('a', 'cat', '/d/a.png', 'A cat?', 'yes', map('yes', 3D, 'no', 2D), 0.2D, 0.6D,"
            + " 'decided'),('b', 'cat', '/d/b.png', 'A cat?', null, map('yes', 0D, 'no', 0D), 0D,"
            + " null, 'undecided'),('c', 'cat', '/d/c.png', 'A cat?', 'no', map('yes', 0D, 'no',"
            + " 5D), 1D, 0.9D, 'decided'),('d', 'cat', '/d/d.png', 'A cat?', null, null, null,"
            + " null, 'failed'),('e', 'a<b', '/d/e.png', 'Less?', 'x\"y', map('x\"y', 3D, 'z', 2D),"
            + " 0.2D, null, 'decided')";
    String second =
        "('a', 'cat', '/d/a.png', 'A cat?', 'no', map('yes', 2D, 'no', 3D), 0.3D, 0.7D, 'decided')";
    String earlier = second.replace("0.3D, 0.7D", "0.9D, 0.99D"); // of that date's first run
    try (SparkSession spark = Sessions.open("predictions")) {
      write(spark, first, "2026-03-14", "part-00000");
      write(spark, second, "2026-03-15", "part-00001");
      write(spark, earlier, "2026-03-15", "part-00000");
    }
  }

  private static void write(SparkSession spark, String values, String date, String name)
      throws IOException {
    Path written = folder.resolve("written-" + date + "-" + name);
    spark
        .sql("select * from values " + values)
        .toDF(
            "id",
            "task",
            "image",
            "question",
            "prediction",
            "votes",
            "margin",
            "probability",
            "status")
        .coalesce(1)
        .write()
        .parquet(written.toString());
    Path dated = Files.createDirectories(folder.resolve("predictions/run_date=" + date));
    try (Stream<Path> files = Files.list(written)) {
      Path only = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(only, dated.resolve(name + ".parquet"));
    }
  }

  private static int export(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--review", "label-studio"));
    arguments.addAll(List.of("--predictions", folder.resolve("predictions").toString()));
    arguments.addAll(List.of("--output", folder.resolve(output).toString()));
    arguments.addAll(List.of(more));
    return JobMain.run(new ExportJob(), arguments.toArray(String[]::new));
  }

  private static JsonNode tasks(String output, String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(output).resolve(file).toFile());
  }

  private static List<String> ids(JsonNode tasks) {
    List<String> ids = new ArrayList<>();
    tasks.forEach(task -> ids.add(task.get("data").get("row_id").asText()));
    return ids;
  }

  @Test
  void theLeastSureRowsComeFirstWithWhatIsPredicted() throws IOException {
    assertEquals(0, export("margin", "--image-prefix", "/d/=/data/local-files/?d="));
    JsonNode cats = tasks("margin", "02-cat.json");
    assertEquals(List.of("b", "a"), ids(cats));
    assertTrue(cats.get(0).path("predictions").isMissingNode(), "nothing is predicted");
    JsonNode latest = cats.get(1);
    assertEquals("/data/local-files/?d=a.png", latest.get("data").get("image").asText());
    assertEquals("A cat?", latest.get("data").get("question").asText());
    JsonNode prediction = latest.get("predictions").get(0);
    assertEquals(0.7, prediction.get("score").asDouble());
    JsonNode result = prediction.get("result").get(0);
    assertEquals("choices", result.get("type").asText());
    assertEquals("no", result.get("value").get("choices").get(0).asText());
    String xml = Files.readString(folder.resolve("margin/01-a_b.xml"));
    assertTrue(xml.contains("<Choice value=\"x&quot;y\"/>"), xml);
    assertTrue(xml.contains("<Image name=\"" + result.get("to_name").asText() + "\""), xml);
    assertTrue(xml.contains("<Choices name=\"" + result.get("from_name").asText() + "\""), xml);
  }

  @Test
  void whichRowsAreWantedIsSaid() throws IOException {
    assertEquals(0, export("probability", "--below-probability", "0.95", "--tasks", "cat"));
    assertEquals(List.of("b", "a", "c"), ids(tasks("probability", "01-cat.json")));
    assertEquals(0, export("few", "--below-margin", "1.1", "--most-rows", "2", "--tasks", "cat"));
    assertEquals(List.of("b", "a"), ids(tasks("few", "01-cat.json")));
    assertEquals(0, export("sample", "--sample", "--tasks", "cat"));
    assertEquals(3, tasks("sample", "01-cat.json").size());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertEquals(2, export("refused", "--tasks", "bird"));
    assertEquals(2, export("refused", "--sample", "--below-margin", "0.1"));
    assertEquals(2, export("refused", "--review", "fifty"));
  }
}
