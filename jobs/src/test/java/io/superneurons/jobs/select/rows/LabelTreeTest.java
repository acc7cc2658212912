package io.superneurons.jobs.select.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelTreeTest {
  @TempDir private Path folder;

  @Test
  void whatIsMovedToAnotherFolderHasItsLabel() throws IOException {
    List<String> ids = List.of("a", "b/1:cat", "100%", "_x", "é.1");
    for (String id : ids) {
      place("tree/" + LabelTree.path("yes/no", id, "/d/photo.PNG"));
    }
    place("tree/" + LabelTree.path(null, "open", "x.png"));
    Files.createDirectories(folder.resolve("tree/none"));
    Files.move(folder.resolve("tree/yes%2Fno/a.png"), folder.resolve("tree/none/a.png"));
    try (SparkSession spark = Sessions.open("labels")) {
      FileSystem files = FileSystem.getLocal(new Configuration());
      Map<String, String> labels = new TreeMap<>();
      for (Row row : table(spark, files, "tree")) {
        labels.put(row.getString(0), row.getString(1));
      }
      assertEquals(
          Map.of(
              "a", "none", "b/1:cat", "yes/no", "100%", "yes/no", "_x", "yes/no", "é.1", "yes/no"),
          labels);
      Path here = Path.of("").toAbsolutePath();
      String relative = here.relativize(folder.resolve("tree").toAbsolutePath()).toString();
      assertEquals(
          ids.size(), new LabelFile(relative).table(spark, column -> true).count(), relative);
      place("flat/a.png");
      assertFalse(
          LabelTree.table(spark, files, new org.apache.hadoop.fs.Path(folder + "/flat"))
              .isPresent());
    }
  }

  private List<Row> table(SparkSession spark, FileSystem files, String name) throws IOException {
    return LabelTree.table(spark, files, new org.apache.hadoop.fs.Path(folder + "/" + name))
        .orElseThrow()
        .collectAsList();
  }

  private void place(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[1]);
  }
}
