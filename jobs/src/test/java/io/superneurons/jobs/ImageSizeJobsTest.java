package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.report.ReportCommand;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The size of images among the choices of select, from drawn images to labels. */
@ExtendWith(FewShufflePartitions.class)
class ImageSizeJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MODEL =
      Fixture.bundled("qwen3_vl-hub").folder().resolve("checkpoint").toAbsolutePath();
  private static final int IMAGES = 36;

  @TempDir private Path folder;

  /** Dark and bright pictures, which the smallest size tells apart as well as the largest. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = image.createGraphics();
      int shade = i % 2 * 150 + random.nextInt(60);
      pen.setColor(new Color(shade, shade, shade));
      pen.fillRect(0, 0, 40, 30);
      pen.dispose();
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      lines.add(
          JSON.createObjectNode()
              .put("id", "r" + i)
              .put("image", i + ".png")
              .put("question", "Is it bright?")
              .put("label", i % 2 == 0 ? "no" : "yes")
              .put("split", i < 24 ? "probe" : "test")
              .toString());
    }
    Files.write(folder.resolve("rows.jsonl"), lines);
  }

  @Test
  void whereSmallImagesDoLabelShrinksThemUnasked() throws IOException {
    assertEquals(0, extract("large", "rows.jsonl", 1296));
    assertEquals(0, extract("small", "rows.jsonl", 288));
    costsAreOfTheTokensThatWereRun();
    Printed told = select(at("large") + "," + at("small"), "both");
    assertEquals(0, told.exitCode(), told.said());
    assertTrue(told.said().contains("beyond --tolerance: 144 to 288 pixels"), told.said());
    assertTrue(told.said().contains("by the tokens of the rows that were run"), told.said());
    assertEquals(0, select(at("small"), "alone").exitCode());
    SuperNeurons both = SelectFixture.read(folder.resolve("both"));
    SuperNeurons alone = SelectFixture.read(folder.resolve("alone"));
    assertEquals(288, both.image().get("max_pixels"));
    assertEquals(SelectFixture.withoutExitPlans(alone), SelectFixture.withoutExitPlans(both));
    onePlanHasAllExitsOfBothSizes(both.tasks().get(0), alone.tasks().get(0));
    Map<String, String> rows = labelled("both", "labelled");
    assertEquals(IMAGES, rows.size());
    assertEquals(labelled("alone", "labelled-alone"), rows);
    reportShowsTheSizes();
  }

  /** Of 36 x 24 and of 12 x 12 pixels, as transformers resizes 40 x 30, in patches of 6. */
  private void costsAreOfTheTokensThatWereRun() throws IOException {
    ActivationsMetadata large = metadata("large");
    ActivationsMetadata small = metadata("small");
    assertEquals(6.0, (double) large.costOfRows().tower() / small.costOfRows().tower(), 1e-6);
    assertTrue(large.costOfRows().perLayer() > small.costOfRows().perLayer());
    assertEquals(large.costOfRows().head(), small.costOfRows().head());
  }

  private static void onePlanHasAllExitsOfBothSizes(TaskSuperNeurons both, TaskSuperNeurons alone) {
    List<ExitPoint> exits = both.chosen().exitPlan();
    int each = alone.chosen().exitPlan().size();
    assertEquals(2 * each, exits.size());
    for (int i = 0; i < each; i++) {
      ExitPoint large = exits.get(i);
      ExitPoint small = exits.get(each + i);
      ExitPoint own = alone.chosen().exitPlan().get(i);
      assertEquals(1296, large.image().get("max_pixels"));
      assertEquals(288, small.image().get("max_pixels"));
      assertEquals(own.exitLayer(), small.exitLayer());
      assertEquals(own.exitLayer(), large.exitLayer());
      assertEquals(own.score(), small.score());
      assertEquals(own.nested(), small.nested());
      assertEquals(own.picking(), small.picking());
      assertTrue(small.cost().orElseThrow() < large.cost().orElseThrow(), exits.toString());
      assertTrue(large.cost().orElseThrow() < 1, exits.toString());
      assertTrue(own.image().isEmpty());
    }
  }

  private void reportShowsTheSizes() throws IOException {
    Path page = folder.resolve("report.html");
    assertEquals(
        0,
        JobMain.run(new ReportCommand(), "--selection", at("both"), "--output", page.toString()));
    String html = Files.readString(page);
    assertTrue(html.contains("144 to 288 pixels"), "size in the report");
    assertTrue(html.contains("144 to 1,296 pixels"), "size in the report");
  }

  @Test
  void otherRowsAreRefusedWithTheirCounts() throws IOException {
    assertEquals(0, extract("large", "rows.jsonl", 1296));
    List<String> lines = Files.readAllLines(folder.resolve("rows.jsonl"));
    lines.set(3, lines.get(3).replace("\"yes\"", "\"no\""));
    lines.set(5, lines.get(5).replace("probe", "test"));
    lines.set(7, lines.get(7).replace("7.png", "8.png"));
    Files.write(folder.resolve("other.jsonl"), lines.subList(0, IMAGES - 2));
    assertEquals(0, extract("small", "other.jsonl", 288));
    Printed told = select(at("large") + "," + at("small"), "selection");
    assertEquals(2, told.exitCode(), told.said());
    assertTrue(
        told.said()
            .contains(
                "other rows: 2 rows not there, 0 more, 1 with another label, 1 with another split,"
                    + " 0 with another question, 1 with another image; the first is 'r3'"),
        told.said());
    assertFalse(Files.exists(folder.resolve("selection").resolve(SuperNeurons.FILE_NAME)));
    Printed answers =
        select(at("large") + "," + at("small"), "selection", "--labels-from", "answer");
    assertEquals(2, answers.exitCode());
    assertTrue(answers.said().contains("--labels-from answer: the model may"), answers.said());
    Printed evaluated =
        select(at("large") + "," + at("small"), "selection", "--evaluate", at("large") + "=more");
    assertEquals(2, evaluated.exitCode());
    assertTrue(
        evaluated.said().contains("none of it is of images of 144 to 288 pixels"),
        evaluated.said());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private int extract(String output, String manifest, long mostPixels) {
    return JobMain.run(
        new ExtractJob(),
        "--model",
        MODEL.toString(),
        "--input",
        at(manifest),
        "--output",
        at(output),
        "--sites",
        "resid_post,vision_resid_post",
        "--pools",
        "mean",
        "--dtype",
        "float32",
        "--min-pixels",
        "144",
        "--max-pixels",
        Long.toString(mostPixels));
  }

  private Printed select(String activations, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--activations", activations, "--output", at(output)));
    arguments.addAll(List.of(more));
    return Printed.of(() -> run(new SelectJob(), arguments));
  }

  private static int run(Callable<Integer> job, List<String> arguments) {
    return JobMain.run(job, arguments.toArray(String[]::new));
  }

  private Map<String, String> labelled(String selection, String output) throws IOException {
    assertEquals(
        0,
        JobMain.run(
            new LabelJob(),
            "--model",
            MODEL.toString(),
            "--superneurons",
            at(selection),
            "--input",
            at("rows.jsonl"),
            "--output",
            at(output),
            "--explain"));
    Map<String, String> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(at(output)).collectAsList()) {
        rows.put(
            row.getAs("id"),
            row.getAs("prediction") + " " + row.getAs("votes") + row.getAs("explanation"));
      }
    }
    return rows;
  }

  private ActivationsMetadata metadata(String output) throws IOException {
    Path file = folder.resolve(output).resolve(ActivationsMetadata.FILE_NAME);
    return ActivationsMetadata.fromJson(Files.readString(file), file.toString());
  }
}
