package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Public data sets, in the files that they are published in, through extract. */
@ExtendWith(FewShufflePartitions.class)
class DatasetJobsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path SETS = Path.of("src/test/resources/datasets").toAbsolutePath();

  @TempDir private Path folder;
  private String said;

  @Test
  void imagesOfFilesAndOfOtherRowsGoThroughTheModel() throws IOException {
    assertEquals(0, extract("scienceqa", "scienceqa", SETS.resolve("scienceqa")), said);
    Map<String, Row> rows = read("scienceqa");
    assertEquals(List.of("1", "3"), List.copyOf(rows.keySet()));
    assertEquals("B", rows.get("1").getAs("label"));
    assertEquals("probe", rows.get("1").getAs("split"));
    assertTrue(rows.get("1").<String>getAs("question").contains("\nB. a square\nAnswer with"));

    assertEquals(0, extract("VLMEvalKit", "kit", SETS.resolve("vlmevalkit")), said);
    Map<String, Row> kit = read("kit");
    assertEquals(List.of("1000241", "241", "252"), List.copyOf(kit.keySet()));
    assertEquals(kit.get("241").<String>getAs("image"), kit.get("1000241").getAs("image"));
    assertEquals(List.of("7"), List.copyOf(read("kit/_errors").keySet()));
  }

  @Test
  void whatIsNotAsPublishedIsALine() {
    refused("it knows vqav2, gqa, pope", "coco", SETS.resolve("pope"));
    refused("has no file that is called as --dataset-format gqa", "gqa", SETS.resolve("pope"));
    Path annotations = SETS.resolve("vqav2/v2_mscoco_val2014_annotations.json");
    refused("not a JSON object with an array questions", "vqav2", annotations);
    assertEquals(2, extract("pope", "refused", SETS.resolve("pope"), "--format", "json"));
    assertTrue(said.contains("goes without --format"), said);
  }

  private void refused(String why, String dataset, Path input) {
    assertEquals(2, extract(dataset, "refused", input), said);
    assertEquals(1, said.lines().filter(line -> line.contains(why)).count(), said);
    assertFalse(said.contains("\tat "), said);
    assertTrue(Files.notExists(folder.resolve("refused")));
  }

  private int extract(String dataset, String output, Path input, String... more) {
    List<String> args = new ArrayList<>(List.of("--dataset-format", dataset));
    args.addAll(List.of("--input", input.toString(), "--layers", "0"));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    Printed printed = Printed.of(() -> JobMain.run(new ExtractJob(), args.toArray(String[]::new)));
    said = printed.said();
    return printed.exitCode();
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        rows.put(row.getAs("id"), row);
      }
    }
    return rows;
  }
}
