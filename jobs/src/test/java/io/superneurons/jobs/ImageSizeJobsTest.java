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
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The size of images among the choices of select, from drawn images to labels. */
@ExtendWith(FewShufflePartitions.class)
class ImageSizeJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IMAGES = 36;

  @TempDir private Path folder;

  /** What a family's images are limited by. */
  private enum Limit {
    /** Of 36 x 24 and of 12 x 12 pixels, as transformers resizes 40 x 30, in patches of 6. */
    PIXELS("qwen3_vl-hub", "pixels", 1296, "144 to 1,296 pixels", 288, "144 to 288 pixels", 6),
    /** Of 48 x 48 pixels in four tiles and the whole, or of the whole alone. */
    TILES("smolvlm-hub", "tiles", 4, "at most 4 tiles", 1, "at most 1 tile", 5);

    private final Path model;
    private final String unit;
    private final int large;
    private final String largeText;
    private final int small;
    private final String smallText;
    private final double towers;

    Limit(
        String fixture,
        String unit,
        int large,
        String largeText,
        int small,
        String smallText,
        double towers) {
      this.model = Fixture.bundled(fixture).folder().resolve("checkpoint").toAbsolutePath();
      this.unit = unit;
      this.large = large;
      this.largeText = largeText;
      this.small = small;
      this.smallText = smallText;
      this.towers = towers;
    }

    private List<String> options(int most) {
      List<String> options = List.of("--max-" + unit, Integer.toString(most));
      return this == TILES
          ? options
          : Stream.concat(options.stream(), Stream.of("--min-pixels", "144")).toList();
    }

    private Object most(Map<String, Object> image) {
      return image.get("max_" + unit);
    }
  }

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

  @ParameterizedTest
  @EnumSource
  void whereSmallImagesDoLabelShrinksThemUnasked(Limit limit) throws IOException {
    assertEquals(0, extract("large", "rows.jsonl", limit, limit.large));
    assertEquals(0, extract("small", "rows.jsonl", limit, limit.small));
    costsAreOfTheTokensThatWereRun(limit.towers);
    Printed told = select(at("large") + "," + at("small"), "both");
    assertEquals(0, told.exitCode(), told.said());
    assertTrue(told.said().contains("beyond --tolerance: " + limit.smallText), told.said());
    assertTrue(told.said().contains("by the tokens of the rows that were run"), told.said());
    assertEquals(0, select(at("small"), "alone").exitCode());
    SuperNeurons both = SelectFixture.read(folder.resolve("both"));
    SuperNeurons alone = SelectFixture.read(folder.resolve("alone"));
    assertEquals(limit.small, limit.most(both.image()));
    assertEquals(SelectFixture.withoutExitPlans(alone), SelectFixture.withoutExitPlans(both));
    onePlanHasAllExitsOfBothSizes(limit, both.tasks().get(0), alone.tasks().get(0));
    Map<String, String> rows = labelled(limit, "both", "labelled");
    assertEquals(IMAGES, rows.size());
    assertEquals(labelled(limit, "alone", "labelled-alone"), rows);
    reportShowsTheSizes(limit);
  }

  private void costsAreOfTheTokensThatWereRun(double towers) throws IOException {
    ActivationsMetadata large = metadata("large");
    ActivationsMetadata small = metadata("small");
    assertEquals(towers, (double) large.costOfRows().tower() / small.costOfRows().tower(), 1e-6);
    assertTrue(large.costOfRows().perLayer() > small.costOfRows().perLayer());
    assertEquals(large.costOfRows().head(), small.costOfRows().head());
  }

  private static void onePlanHasAllExitsOfBothSizes(
      Limit limit, TaskSuperNeurons both, TaskSuperNeurons alone) {
    List<ExitPoint> exits = both.chosen().exitPlan();
    int each = alone.chosen().exitPlan().size();
    assertEquals(2 * each, exits.size());
    for (int i = 0; i < each; i++) {
      ExitPoint large = exits.get(i);
      ExitPoint small = exits.get(each + i);
      ExitPoint own = alone.chosen().exitPlan().get(i);
      assertEquals(limit.large, limit.most(large.image()));
      assertEquals(limit.small, limit.most(small.image()));
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

  private void reportShowsTheSizes(Limit limit) throws IOException {
    Path page = folder.resolve("report.html");
    assertEquals(
        0,
        JobMain.run(new ReportCommand(), "--selection", at("both"), "--output", page.toString()));
    String html = Files.readString(page);
    assertTrue(html.contains(limit.smallText), "size in the report");
    assertTrue(html.contains(limit.largeText), "size in the report");
  }

  @Test
  void otherRowsAreRefusedWithTheirCounts() throws IOException {
    assertEquals(0, extract("large", "rows.jsonl", Limit.PIXELS, 1296));
    List<String> lines = Files.readAllLines(folder.resolve("rows.jsonl"));
    lines.set(3, lines.get(3).replace("\"yes\"", "\"no\""));
    lines.set(5, lines.get(5).replace("probe", "test"));
    lines.set(7, lines.get(7).replace("7.png", "8.png"));
    Files.write(folder.resolve("other.jsonl"), lines.subList(0, IMAGES - 2));
    assertEquals(0, extract("small", "other.jsonl", Limit.PIXELS, 288));
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

  private int extract(String output, String manifest, Limit limit, int most) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--model",
                limit.model.toString(),
                "--input",
                at(manifest),
                "--output",
                at(output),
                "--sites",
                "resid_post,vision_resid_post",
                "--pools",
                "mean",
                "--dtype",
                "float32"));
    arguments.addAll(limit.options(most));
    return run(new ExtractJob(), arguments);
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

  private Map<String, String> labelled(Limit limit, String selection, String output)
      throws IOException {
    assertEquals(
        0,
        JobMain.run(
            new LabelJob(),
            "--model",
            limit.model.toString(),
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
