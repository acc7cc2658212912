package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.report.ReportCommand;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/own-photos.md, one after another as they are printed, on 75 drawn images in
 * three folders and the bundled model.
 */
@ExtendWith(FewShufflePartitions.class)
class OwnPhotosTest {
  private static final Path PAGE = Path.of("../docs/own-photos.md");
  private static final List<String> CLASSES = List.of("cat", "dog", "none");
  private static final Set<String> OF_THE_USER =
      Set.of("photos", "unsorted", "activations", "selection", "predictions");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  private void draw() throws IOException {
    Random random = new Random(1);
    Files.createDirectories(folder.resolve("unsorted"));
    for (int label = 0; label < CLASSES.size(); label++) {
      Path of = Files.createDirectories(folder.resolve("photos").resolve(CLASSES.get(label)));
      for (int i = 0; i < 25; i++) {
        ImageIO.write(drawing(label, random), "png", of.resolve(i + ".png").toFile());
      }
      Path unsorted = folder.resolve("unsorted/" + CLASSES.get(label) + ".png");
      ImageIO.write(drawing(label, random), "png", unsorted.toFile());
    }
  }

  /** A red disc, a blue square, or a green bar. */
  private static BufferedImage drawing(int label, Random random) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(190 + random.nextInt(50), 190 + random.nextInt(50), 200));
    pen.fillRect(0, 0, 64, 64);
    pen.setColor(List.of(Color.RED, Color.BLUE, Color.GREEN).get(label));
    int x = 5 + random.nextInt(30);
    int y = 5 + random.nextInt(30);
    switch (label) {
      case 0 -> pen.fillOval(x, y, 22, 22);
      case 1 -> pen.fillRect(x, y, 20, 20);
      default -> pen.fillRect(x, y, 26, 8);
    }
    pen.dispose();
    return image;
  }

  /** The lines of the page that are commands. */
  private static List<String> commands() throws IOException {
    return Files.readString(PAGE)
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(String::strip)
        .filter(line -> line.startsWith("./bin/superneurons "))
        .toList();
  }

  /** The page's query, in Spark's SQL, finds rows even where all have one probability. */
  private void leastSureFirst() throws IOException {
    String query =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("    SELECT "))
            .findFirst()
            .orElseThrow();
    String files = "'predictions/*.parquet'";
    assertTrue(query.contains(files), query);
    try (SparkSession spark = Sessions.open("query")) {
      String table = "parquet.`" + folder.resolve("predictions") + "`";
      List<Row> rows = spark.sql(query.strip().replace(files, table)).collectAsList();
      assertEquals(3, rows.size());
      for (int i = 1; i < rows.size(); i++) {
        double before = rows.get(i - 1).<Double>getAs("probability");
        double here = rows.get(i).<Double>getAs("probability");
        boolean isSame = before == here;
        assertTrue(isSame || before < here, rows.toString());
        assertTrue(
            !isSame
                || rows.get(i - 1).<Double>getAs("margin") <= rows.get(i).<Double>getAs("margin"),
            rows.toString());
      }
    }
  }

  private int run(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    words.remove(0);
    String name = words.remove(0);
    words.replaceAll(one -> OF_THE_USER.contains(one) ? folder.resolve(one).toString() : one);
    words.replaceAll(one -> one.equals("MODEL_DIR") ? "../demo/model" : one);
    Callable<Integer> job =
        switch (name) {
          case "extract" -> new ExtractJob();
          case "select" -> new SelectJob();
          case "label" -> new LabelJob();
          case "report" -> new ReportCommand();
          default -> throw new IllegalArgumentException(name);
        };
    return JobMain.run(job, words.toArray(String[]::new));
  }

  @Test
  void theCommandsOfThePageLeadFromPhotosToLabels() throws Exception {
    draw();
    List<String> commands = commands();
    assertEquals(4, commands.size(), commands.toString());
    for (String command : commands) {
      assertEquals(0, run(command), command);
    }
    String page = Files.readString(folder.resolve("selection/report.html"));
    assertTrue(page.contains("data:image/"), "photos are shown");
    assertTrue(page.contains("class=\"confusion\""));
    leastSureFirst();
    String labelled = Files.readString(folder.resolve("predictions/_report.html"));
    assertTrue(labelled.contains("3 rows labelled"), labelled.substring(0, 2000));
  }
}
