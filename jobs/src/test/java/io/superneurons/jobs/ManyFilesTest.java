package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More files than Spark lists on the driver: beyond 32 their statuses travel. */
class ManyFilesTest {
  private static final int LISTED_ON_THE_DRIVER = 32;

  /** Images that differ, since select takes those of one content for one. */
  private static final Path DRAWN = Path.of("../demo/data/images");

  private static final int MANY = 40;

  @TempDir private Path folder;

  @Test
  void aNightAfterManyNightsLabelsWhatIsNew() throws IOException {
    NightlyCorpus corpus = NightlyCorpus.in(folder);
    assertEquals(0, label(corpus, "2026-01-01"));
    Path first = partitions().findFirst().orElseThrow();
    for (int i = 0; i < MANY; i++) {
      copy(
          first,
          folder.resolve(String.format(Locale.ROOT, "out/run_date=2025-12-%02d", i % 31 + 1)),
          i);
    }
    corpus.image("new.png", 2);
    assertEquals(0, label(corpus, "2026-01-02"));
    assertEquals(1, corpus.json("out", "_summary.json").at("/done").asInt());
  }

  private static int label(NightlyCorpus corpus, String date) {
    String images = corpus.images().toString();
    return corpus.label("out", images, "--incremental", "--run-date", date);
  }

  private Stream<Path> partitions() throws IOException {
    return Files.list(folder.resolve("out")).filter(Files::isDirectory);
  }

  private static void copy(Path from, Path to, int number) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      Path file = files.filter(ManyFilesTest::isPart).findFirst().orElseThrow();
      Files.copy(file, to.resolve(String.format(Locale.ROOT, "part-%05d-00000.parquet", number)));
    }
  }

  @Test
  void manifestsInManyFilesAreExtractedToManyAndSelectedFrom() throws IOException {
    NightlyCorpus corpus = NightlyCorpus.in(folder);
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    for (int i : IntStream.range(0, MANY).toArray()) {
      String image = String.format(Locale.ROOT, "probe-%04d.png", i);
      Files.copy(DRAWN.resolve(image), corpus.images().resolve("of-" + i + ".png"));
      String row =
          String.format(
              Locale.ROOT,
              "{\"id\": \"%d\", \"image\": \"%s\", \"question\": \"Is it so?\", \"label\": \"%s\"}",
              i,
              corpus.images().resolve("of-" + i + ".png"),
              i % 3 == 0 ? "yes" : "no");
      Files.writeString(manifests.resolve(i + ".jsonl"), row);
    }
    String[] one = {"--rows-per-commit", "1", "--image-roots", corpus.images().toString()};
    assertEquals(0, corpus.extract(manifests, one));
    long files = Files.list(folder.resolve("act")).filter(ManyFilesTest::isPart).count();
    assertTrue(files > LISTED_ON_THE_DRIVER, files + " files");
    String[] again = Stream.concat(Stream.of("--resume"), Stream.of(one)).toArray(String[]::new);
    assertEquals(0, corpus.extract(manifests, again));
    assertEquals(MANY, corpus.json("act", "_summary.json").at("/done_before").asInt());
    String[] select = {
      "--activations",
      folder.resolve("act").toString(),
      "--output",
      folder.resolve("sel").toString()
    };
    assertEquals(0, JobMain.run(new SelectJob(), select));
  }

  private static boolean isPart(Path file) {
    return file.getFileName().toString().startsWith("part-");
  }
}
