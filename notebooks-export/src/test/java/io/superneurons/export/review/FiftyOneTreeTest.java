package io.superneurons.export.review;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions on their way to FiftyOne, and to people who move images between folders. */
class FiftyOneTreeTest {
  @TempDir private Path folder;

  @Test
  void imagesLieInFoldersOfTheirLabels() throws IOException {
    byte[] image = {1, 2, 3};
    Files.createDirectories(folder.resolve("images"));
    for (String name : List.of("a.png", "b.JPG", "c.png")) {
      Files.write(folder.resolve("images").resolve(name), image);
    }
    String values =
        "('a', 'cat', 'images/a.png', 'yes', 0.2D, 'decided'),"
            + " ('b/1:cat', 'cat', 'images/b.JPG', null, 0D, 'undecided'),"
            + " ('c', 'a<b', 'images/c.png', '_x/y', 0.1D, 'decided'),"
            + " ('d', 'cat', 'images/none.png', 'no', 0.1D, 'decided')";
    try (SparkSession spark = Sessions.open("predictions")) {
      spark
          .sql("select * from values " + values)
          .toDF("id", "task", "image", "prediction", "margin", "status")
          .selectExpr("*", "'Is it?' as question", "map('yes', 1D) as votes", "0.5D as probability")
          .write()
          .parquet(folder.resolve("predictions").toString());
    }
    assertEquals(2, export("whole"), "images are not there by whole paths");
    assertEquals(0, export("tree", "--image-prefix", "images/=" + folder.resolve("images") + "/"));
    assertEquals(
        List.of("01-a_b/%5Fx%2Fy/c.png", "02-cat/_unlabeled/b%2F1%3Acat.jpg", "02-cat/yes/a.png"),
        files(folder.resolve("tree")));
    assertArrayEquals(image, Files.readAllBytes(folder.resolve("tree/02-cat/yes/a.png")));
    assertEquals(2, export("no", "--review", "voxel"));
  }

  private int export(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    if (!arguments.contains("--review")) {
      arguments.addAll(List.of("--review", "fiftyone"));
    }
    arguments.addAll(List.of("--predictions", folder.resolve("predictions").toString()));
    arguments.addAll(List.of("--output", folder.resolve(output).toString()));
    return JobMain.run(new ExportJob(), arguments.toArray(String[]::new));
  }

  private static List<String> files(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> tree.relativize(file).toString())
          .filter(name -> name.contains("/") && !name.contains(".crc"))
          .sorted()
          .toList();
    }
  }
}
