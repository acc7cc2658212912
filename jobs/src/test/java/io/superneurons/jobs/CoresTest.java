package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a run comes to does not depend on how many cores there are. */
class CoresTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  /** Of both files together 9, of which 2 have ids that others had before. */
  private static final int LIMIT = 7;

  @TempDir private Path folder;

  /** What a run leaves: of each row all that is told, or the error, sorted. */
  private record Left(List<String> rows, List<String> errors) {}

  @Test
  void rowsErrorsFirstIdsAndTheLimitAreTheSameOnAnyNumberOfCores() throws IOException {
    manifests();
    Left alone = extract("local[1]", 1, "one");
    assertEquals(alone, extract("local[3]", 11, "many"));
    assertEquals(LIMIT, alone.rows.size() + alone.errors.size());
    assertTrue(
        alone.rows.stream().anyMatch(row -> row.contains("first of two")), alone.rows::toString);
    assertTrue(
        alone.errors.stream().noneMatch(row -> row.contains("first of two")),
        alone.errors::toString);
    assertTrue(alone.errors.stream().anyMatch(row -> row.contains("none.png")));
  }

  private void manifests() throws IOException {
    Path images = FIXTURE.folder().resolve("images").toAbsolutePath();
    for (String image : List.of("0.png", "1.png", "2.png")) {
      Files.copy(images.resolve(image), folder.resolve(image));
    }
    Files.write(
        Files.createDirectory(folder.resolve("in")).resolve("a.jsonl"),
        List.of(
            row("r0", "0.png", "Is it?"),
            row("two", "1.png", "first of two"),
            row("r2", "none.png", "Is it?"),
            "{\"id\": \"cut",
            row("r4", "2.png", "Is it?")));
    Files.write(
        folder.resolve("in/b.jsonl"),
        List.of(
            row("two", "0.png", "second of two"),
            row("r4", "0.png", "another"),
            row("r7", "1.png", "Is it?"),
            row("r8", "2.png", "Is it?")));
  }

  private static String row(String id, String image, String question) {
    return String.format(
        Locale.ROOT,
        "{\"id\": \"%s\", \"image\": \"../%s\", \"question\": \"%s\"}",
        id,
        image,
        question);
  }

  private Left extract(String master, int parallelism, String output) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.default.parallelism", Integer.toString(parallelism))
            .set("spark.sql.shuffle.partitions", Integer.toString(parallelism))
            // compiling takes longer than these few rows
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    try (SparkSession spark =
        SparkSession.builder().config(Sessions.settings(conf)).appName("cores").getOrCreate()) {
      ExtractRun.of(options(output), new PrintWriter(new StringWriter())).run(spark);
      String out = folder.resolve(output).toString();
      return new Left(texts(spark, out), texts(spark, out + "/_errors"));
    }
  }

  private ExtractOptions options(String output) {
    ExtractOptions options = new ExtractOptions();
    CommandLine line = new CommandLine(options);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    List<String> args = new ArrayList<>(List.of("--dtype", "float32"));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--input", folder.resolve("in").toString()));
    args.addAll(List.of("--image-roots", folder.toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of("--layers", "0", "--sites", "resid_post", "--limit", "" + LIMIT));
    line.parseArgs(args.toArray(String[]::new));
    return options;
  }

  private static List<String> texts(SparkSession spark, String folder) {
    return spark.read().parquet(folder).collectAsList().stream()
        .map(CoresTest::text)
        .sorted()
        .toList();
  }

  /** All but the activations: their last bits depend on which rows share a pass. */
  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(row::get)
        .filter(value -> !(value instanceof byte[]))
        .map(String::valueOf)
        .collect(Collectors.joining("|"));
  }
}
