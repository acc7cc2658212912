package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A mixture of experts through the three jobs: what label says of a row is what select fitted. */
@ExtendWith(FewShufflePartitions.class)
class MixtureJobsTest {
  private static final Fixture MIXTURE = Fixture.bundled("qwen3_5_moe-v5");
  private static final int EACH = 16;

  @TempDir private Path folder;

  /** Bright pictures and dark ones. */
  private void draw() throws IOException {
    Random random = new Random(1);
    for (Color color : new Color[] {new Color(240, 200, 90), new Color(20, 30, 60)}) {
      String label = color.getRed() > 100 ? "bright" : "dark";
      Path of = Files.createDirectories(folder.resolve("photos").resolve(label));
      for (int i = 0; i < EACH; i++) {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(color);
        pen.fillRect(0, 0, 48, 32);
        pen.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
        pen.fillOval(random.nextInt(30), random.nextInt(20), 10, 10);
        pen.dispose();
        ImageIO.write(image, "png", of.resolve(label + i + ".png").toFile());
      }
    }
  }

  private int run(Callable<Integer> job, String... arguments) {
    return JobMain.run(job, arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void labelDecidesByAnEarlyExitOfTheMixtureWhatSelectFitted() throws IOException {
    draw();
    ModelJobs jobs = ModelJobs.of(MIXTURE, folder);
    String model = jobs.checkpoint().toString();
    int extracted =
        run(
            new ExtractJob(),
            "--model",
            model,
            "--input",
            path("photos"),
            "--labels-from",
            "folder",
            "--question",
            "Is it bright or dark?",
            "--enable-thinking",
            "false",
            "--dtype",
            "float32",
            "--output",
            path("activations"));
    assertEquals(0, extracted);
    assertEquals(2 * EACH, jobs.metadata("activations").rows());
    assertEquals(false, jobs.metadata("activations").prompt().get("enable_thinking"));
    assertEquals(
        0,
        run(
            new SelectJob(),
            "--activations",
            path("activations"),
            "--output",
            path("selection"),
            "--sites",
            "resid_post,attn_z,mlp_post",
            "--max-layer",
            "0"));
    Path file = folder.resolve("selection").resolve(SuperNeurons.FILE_NAME);
    SuperNeurons chosen = SuperNeurons.fromJson(Files.readString(file), file.toString());
    assertEquals(false, chosen.prompt().get("enable_thinking"));
    assertEquals(ModelLayer.ofDecoder(0), chosen.tasks().get(0).exitLayer());
    assertEquals(
        0,
        run(
            new LabelJob(),
            "--model",
            model,
            "--superneurons",
            path("selection"),
            "--input",
            path("photos"),
            "--output",
            path("predictions")));
    Map<String, Row> predictions = jobs.read("predictions");
    assertEquals(2 * EACH, predictions.size());
    for (Row row : predictions.values()) {
      String label = row.<String>getAs("image").contains("bright") ? "bright" : "dark";
      assertEquals(label, row.getAs("prediction"), row.toString());
      assertEquals(0, row.<Integer>getAs("exit_layer"), row.toString());
      assertEquals("decoder", row.getAs("exit_part"), row.toString());
    }
  }
}
