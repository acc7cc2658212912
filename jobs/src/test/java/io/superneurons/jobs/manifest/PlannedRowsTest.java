package io.superneurons.jobs.manifest;

import static io.superneurons.jobs.manifest.ManifestFixture.arguments;
import static io.superneurons.jobs.manifest.ManifestFixture.requireReadAgain;
import static io.superneurons.jobs.manifest.ManifestFixture.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.input.ManifestRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a manifest as they are planned: together with those on the same image. */
class PlannedRowsTest {
  private static SparkSession spark;

  private static final TaskQuestions QUESTIONS =
      TaskQuestions.of(Map.of("cat", "Is it\na cat?", "any", "Is it?"));

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    spark = Sessions.open("planned rows");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void rowsOnOneImageMeetInAPiece() throws IOException {
    write(
        "a.jsonl",
        row("1", "x.png"),
        row("2", "y.png"),
        row("3", "x.png"),
        row("4", "x.png"),
        "broken");
    PlannedRows planned = planned(read("a.jsonl"));
    assertEquals(2, planned.counts().images());
    assertEquals(Set.of("default"), planned.counts().tasks().keySet());
    for (int pieces : new int[] {2, 5}) {
      assertEquals(pieces, planned.pieces(pieces).getNumPartitions());
      List<String> placed =
          planned
              .pieces(pieces)
              .map(row -> TaskContext.getPartitionId() + " " + row.<String>getAs("image"))
              .collect();
      assertEquals(1, placed.stream().filter(row -> row.endsWith("x.png")).distinct().count());
      assertEquals(
          List.of("x.png", "x.png", "x.png", "y.png", "null"),
          placed.stream().map(row -> row.split(" ")[1]).toList(),
          "in the order of their images");
    }
  }

  @Test
  void rowsThatAskAnotherQuestionThanTheirTasksAreCounted() throws IOException {
    write(
        "asked.csv",
        "id,task,image,question",
        "1,cat,x.png,Is it a  cat?",
        "2,cat,y.png,Is it the cat?",
        "3,cat,z.png,Is it no cat?",
        "4,dog,x.png,Is it a dog?",
        "5,any,x.png,Is it?",
        "6,any,,Is it not?");
    Map<String, TaskContents> tasks = planned(read("asked.csv")).counts().tasks();
    assertEquals(2, tasks.get("cat").foreign());
    assertEquals("Is it no cat?", tasks.get("cat").foreignQuestion());
    assertEquals(0, tasks.get("dog").foreign(), "of dog no question is known");
    assertEquals(0, tasks.get("any").foreign(), "an error row asks nothing");
    assertNull(tasks.get("any").foreignQuestion());
  }

  @Test
  void anEmbeddedImageIsReadWhereItIsFirst() throws IOException {
    String image = "iVBORw0KGgo" + "A".repeat(101);
    String other = "iVBORw0KGgo" + "B".repeat(101);
    for (String name : List.of("a.jsonl", "b.csv")) {
      boolean isCsv = name.endsWith("csv");
      List<String> lines = new ArrayList<>(isCsv ? List.of("id,image,question") : List.of());
      for (int i = 0; i < 6; i++) {
        String content = i % 2 == 0 ? image : other;
        lines.add(
            isCsv
                ? String.format(Locale.ROOT, "%d,%s,\"is\n\u00e9\"", i, content)
                : row("" + i, content));
      }
      write(name, lines.toArray(String[]::new));
      Manifest manifest = read(name);
      PlannedRows planned = planned(manifest);
      assertEquals(2, planned.counts().images());
      List<ManifestRow> rows = planned.pieces(1).map(row -> ManifestRow.of(row)).collect();
      assertEquals(
          List.of("0", "2", "4", "1", "3", "5"), rows.stream().map(ManifestRow::id).toList());
      assertEquals(2, rows.stream().map(row -> row.embedded().at()).distinct().count());
      requireReadAgain(spark, manifest, rows);
    }
  }

  private static PlannedRows planned(Manifest manifest) {
    return PlannedRows.of(
        manifest, UnaryOperator.identity(), QUESTIONS, null, rows -> PlannedRows.allNew(rows));
  }

  private Manifest read(String name) {
    return Manifest.read(spark, arguments("--input", folder.resolve(name).toString()), 0);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), Arrays.asList(lines));
  }
}
