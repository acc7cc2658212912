package io.superneurons.jobs.select.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.CountedFileSystem;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often scans open files: what object stores charge for and take their time over. */
class ScannedFileTest {
  private static final int FILES = 5;
  private static SparkSession spark;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty(
        "spark.hadoop.fs." + CountedFileSystem.SCHEME + ".impl", CountedFileSystem.class.getName());
    spark = Sessions.open("scanned file test");
    SelectFixture.variant(
        folder.resolve("activations"), SelectFixture.rows(spark).repartition(FILES));
  }

  @AfterAll
  static void stop() {
    System.clearProperty("spark.hadoop.fs." + CountedFileSystem.SCHEME + ".impl");
    spark.stop();
  }

  private static List<FileRows> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("activations"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .map(file -> CountedFileSystem.SCHEME + "://" + file)
          .map(file -> new FileRows(file, IntStream.range(0, 1000).toArray()))
          .toList();
    }
  }

  @Test
  void aFooterIsReadOnceAndAColumnsChunksWithOneOpening() throws IOException {
    ActivationsMetadata metadata =
        ActivationsMetadata.fromJson(
            Files.readString(SelectFixture.activations().resolve(ActivationsMetadata.FILE_NAME)),
            "the fixture");
    List<LayerSite> columns = metadata.layout().columns();
    CountedFileSystem.opened();
    List<ScannedFile> scanned =
        ScannedFile.of(new JavaSparkContext(spark.sparkContext()), files(), columns);
    assertEquals(List.of(1, 1, 1, 1, 1), List.copyOf(CountedFileSystem.opened().values()));
    assertEquals(1, Set.copyOf(scanned.stream().map(f -> f.chunks().shape()).toList()).size());
    ScanPlan work = new ScanPlan(scanned, 1000, metadata, List.of(), 1);
    long rows = scanned.stream().mapToLong(file -> file.chunks().groupRows()[0]).sum();
    assertEquals(metadata.rows(), rows);
    for (LayerSite column : columns) {
      List<Integer> read = new ArrayList<>();
      int width = metadata.layout().width(column);
      ActivationReader.Wanted wanted =
          new ActivationReader.Wanted(
              column, width, (row, scalars) -> read.add(scalars.remaining()));
      work.reader().read(List.of(wanted));
      assertEquals(rows, read.size());
      assertEquals(Set.of(width * 2), Set.copyOf(read));
      assertEquals(List.of(1, 1, 1, 1, 1), List.copyOf(CountedFileSystem.opened().values()));
    }
  }

  @Test
  void shardsOfAGroupAreReadWithOneOpening() throws IOException {
    ActivationsMetadata metadata =
        ActivationsMetadata.fromJson(
            Files.readString(SelectFixture.activations().resolve(ActivationsMetadata.FILE_NAME)),
            "the fixture");
    List<LayerSite> columns = metadata.layout().columns();
    List<ScannedFile> scanned =
        ScannedFile.of(new JavaSparkContext(spark.sparkContext()), files(), columns);
    ScanPlan work = new ScanPlan(scanned, 1000, metadata, List.of(), 1);
    List<Shard> shards =
        columns.stream().map(c -> new Shard(c, 0, metadata.layout().width(c))).toList();
    CountedFileSystem.opened();
    List<ShardScores> scores = ShardScan.score(work, shards);
    assertEquals(List.of(1, 1, 1, 1, 1), List.copyOf(CountedFileSystem.opened().values()));
    assertEquals(shards, scores.stream().map(ShardScores::shard).toList());
    for (int i = 0; i < shards.size(); i++) {
      ShardScores alone = ShardScan.score(work, List.of(shards.get(i))).get(0);
      assertEquals(alone.counts(), scores.get(i).counts());
    }
    assertEquals(6, passes(work, scanned, 2), "few files are read by each request");
    List<ScannedFile> many = Collections.nCopies(10_000, scanned.get(0));
    assertEquals(2, passes(work, many, 2), "with 10,000 files a core has one pass over them");
    assertEquals(4, passes(work, many, 4));
  }

  private static int passes(ScanPlan work, List<ScannedFile> files, int cores) {
    ScanPlan plan = new ScanPlan(files, work.rows(), work.metadata(), work.tasks(), work.kept());
    List<Integer> requests = IntStream.range(0, 6).boxed().toList();
    return plan.together(requests, request -> 1, Long.MAX_VALUE, cores).size();
  }

  @Test
  void aColumnThatAFileLacksIsNamedWithTheFile() throws IOException {
    List<LayerSite> columns = List.of(new LayerSite(77, Site.ATTN_Z));
    List<FileRows> files = files();
    Exception e =
        assertThrows(
            Exception.class,
            () -> ScannedFile.of(new JavaSparkContext(spark.sparkContext()), files, columns));
    assertTrue(e.getMessage().contains("Cannot read the footer of counted:"), e.getMessage());
    assertTrue(e.getMessage().contains("There is no column l77_attn_z"), e.getMessage());
  }
}
