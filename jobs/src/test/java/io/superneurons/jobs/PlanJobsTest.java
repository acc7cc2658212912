package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many Spark jobs plan a run, and what of the input they read and shuffle. */
class PlanJobsTest {
  private static final String LISTENERS = "spark.extraListeners";

  /** Bytes that Parquet reads in several ranges at once are not counted by Hadoop. */
  private static final String RANGES = "spark.hadoop.parquet.hadoop.vectored.io.enabled";

  private static final int IMAGES = 24;
  private static final int NOISE_BYTES = 60_000;

  @TempDir private Path folder;
  private NightlyCorpus corpus;

  @BeforeEach
  void listen() throws IOException {
    corpus = NightlyCorpus.in(folder);
    System.setProperty(LISTENERS, CountedJobs.class.getName());
    System.setProperty(RANGES, "false");
  }

  @AfterEach
  void listenNoMore() {
    System.clearProperty(LISTENERS);
    System.clearProperty(RANGES);
  }

  @Test
  void aRunIsPlannedByTwoJobs() throws IOException {
    Path manifest = manifest(9);
    assertEquals(2, jobs(() -> extract(manifest, "--dry-run")), "all rows");
    assertEquals(2, jobs(() -> extract(manifest, "--dry-run", "--limit", "4")), "the first rows");
    assertEquals(0, extract(manifest, "--limit", "4"));
    assertEquals(2, jobs(() -> extract(manifest, "--dry-run", "--resume")), "those that are left");
    String images = corpus.images().toString();
    assertEquals(2, jobs(() -> corpus.label("whole", images, "--dry-run")), "a folder of images");
  }

  @Test
  void aNightIsPlannedByTwoJobsHoweverManyWereBefore() throws IOException {
    String images = corpus.images().toString();
    for (int day = 1; day <= 2; day++) {
      corpus.image(String.format(Locale.ROOT, "new%d.png", day), day);
      assertEquals(0, night(images, day));
    }
    Path day = folder.resolve("out/run_date=2026-01-01");
    try (Stream<Path> files = Files.list(day)) {
      Path part = files.filter(file -> isPart(file)).findFirst().orElseThrow();
      for (int i = 0; i < 40; i++) {
        Files.copy(
            part, day.resolve(String.format(Locale.ROOT, "part-%05d-00000.parquet", i + 10)));
      }
    }
    assertEquals(2, jobs(() -> night(images, 3, "--dry-run")));
  }

  @Test
  void aResumedRunWithErrorsBeginsAfterThreeJobs() throws IOException {
    Path manifest = manifest(6);
    Files.delete(corpus.images().resolve("0.png"));
    assertEquals(0, extract(manifest));
    corpus.image("0.png", 0);
    // two plan, one moves errors of rows that the input has no more, one is the wave, one counts
    assertEquals(5, jobs(() -> extract(manifest, "--resume")));
  }

  @Test
  void embeddedImagesAreReadTwiceAndNeverShuffled() throws IOException {
    Path table = table();
    long bytes = sizeOf(table);
    assertTrue(bytes > (long) IMAGES * NOISE_BYTES);
    assertEquals(2, jobs(() -> extract(table, "--dry-run")));
    assertTrue(CountedJobs.BYTES_READ.get() < 1.2 * bytes, "read " + CountedJobs.BYTES_READ);
    assertEquals(4, jobs(() -> extract(table, "--partitions", "1")), "with the wave and its count");
    assertTrue(CountedJobs.BYTES_READ.get() > 1.9 * bytes, "read " + CountedJobs.BYTES_READ);
    assertTrue(CountedJobs.BYTES_READ.get() < 3 * bytes, "read " + CountedJobs.BYTES_READ);
    assertTrue(CountedJobs.BYTES_SHUFFLED.get() < 0.2 * bytes, "" + CountedJobs.BYTES_SHUFFLED);
    assertEquals(IMAGES, corpus.json("act", "_summary.json").at("/done").asInt());
  }

  private int extract(Path manifest, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--image-roots", corpus.images().toString()));
    return corpus.extract(manifest, all.toArray(String[]::new));
  }

  private int night(String images, int day, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(more));
    all.addAll(List.of("--incremental", "--run-date", "2026-01-0" + day));
    return corpus.label("out", images, all.toArray(String[]::new));
  }

  private Path manifest(int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"id\": \"%d\", \"image\": \"%s\", \"question\": \"Is it so?\"}",
              i,
              corpus.images().resolve(i % 3 + ".png")));
    }
    return Files.write(folder.resolve("m.jsonl"), lines);
  }

  /** An image in each row, which has noise behind its end, which decoders pass over. */
  private Path table() throws IOException {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = Files.readAllBytes(corpus.images().resolve(i % 3 + ".png"));
      byte[] bytes = Arrays.copyOf(image, image.length + NOISE_BYTES);
      byte[] noise = new byte[NOISE_BYTES];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, image.length, NOISE_BYTES);
      rows.add(RowFactory.create("row" + i, "Is it so?", bytes));
    }
    return write(rows);
  }

  private Path write(List<Row> rows) throws IOException {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("question", DataTypes.StringType)
            .add("image", DataTypes.BinaryType);
    Path table = folder.resolve("table");
    try (SparkSession spark = Sessions.open("table")) {
      spark.createDataFrame(rows, schema).coalesce(1).write().parquet(table.toString());
    }
    return table;
  }

  private static long sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> isPart(file)).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static boolean isPart(Path file) {
    return file.getFileName().toString().startsWith("part-");
  }

  private interface Run {
    int run() throws IOException;
  }

  private static long jobs(Run run) throws IOException {
    CountedJobs.reset();
    assertEquals(0, run.run());
    return CountedJobs.JOBS.get();
  }
}
