package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.run.LockFile;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three stages on the bundled model with everything on S3: model, images, inputs, outputs. */
@Tag("slow") // starts an S3 server in a process of its own and runs four jobs against it
class S3JobsTest {
  private static final Path DEMO = Path.of("../demo");
  private static final String BUCKET = "s3a://" + S3Server.BUCKET;
  private static final Pattern WANTED =
      Pattern.compile("\"id\": \"(probe|validation|test)-00[0-2]\\d-has_circle\"");
  private static final Pattern IMAGE = Pattern.compile("\"image\": \"([^\"]+)\"");

  private static final int MANY = 33;

  @TempDir private static Path local;
  private static S3Server server;
  private static FileSystem s3;
  private static List<String> rows;

  @BeforeAll
  static void fillTheBucket() throws IOException, InterruptedException {
    server = S3Server.start(local);
    server.sparkProperties().forEach(System::setProperty);
    org.apache.hadoop.fs.Path root = path("/");
    s3 = root.getFileSystem(Sessions.hadoopConfiguration());
    try (Stream<Path> files = Files.list(DEMO.resolve("model"))) {
      for (Path file : files.toList()) {
        upload(file, "/models/demo/" + file.getFileName());
      }
    }
    try (Stream<String> lines = Files.lines(DEMO.resolve("data/manifest.jsonl"))) {
      rows = lines.filter(line -> WANTED.matcher(line).find()).toList();
    }
    Path manifest = local.resolve("manifest.jsonl");
    Files.write(manifest, rows);
    upload(manifest, "/data/manifest.jsonl");
    for (String row : rows) {
      var image = IMAGE.matcher(row);
      assertTrue(image.find(), row);
      upload(DEMO.resolve("data").resolve(image.group(1)), "/data/" + image.group(1));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    FileSystem.closeAll();
    server.sparkProperties().keySet().forEach(System::clearProperty);
    server.close();
  }

  @Test
  void threeStagesGiveWhatTheyGiveOnDisk() throws IOException {
    threeStages(BUCKET + "/models/demo", BUCKET + "/data", BUCKET + "/runs");
    String here = local.resolve("runs").toString();
    threeStages(DEMO.resolve("model").toString(), DEMO.resolve("data").toString(), here);
    String model = BUCKET + "/models/demo";
    label(model, BUCKET + "/data", BUCKET + "/runs", "nightly", night("2026-03-14", "3"));
    label(model, BUCKET + "/data", BUCKET + "/runs", "nightly", night("2026-03-15", "0"));
    try (SparkSession spark = Sessions.open("read")) {
      for (String table : List.of("activations", "predictions", "selection/scores")) {
        List<Row> far = read(spark, BUCKET + "/runs/" + table);
        assertFalse(far.isEmpty());
        assertEquals(read(spark, here + "/" + table), far, table);
      }
      var nightly = spark.read().parquet(BUCKET + "/runs/nightly");
      assertEquals(3, nightly.where("run_date = '2026-03-14'").count());
      assertEquals(
          read(spark, here + "/predictions").stream().map(row -> row.getAs("id")).toList(),
          nightly.orderBy("id").collectAsList().stream().map(row -> row.getAs("id")).toList());
    }
    assertNothingUnfinished();
    assertTrue(s3.exists(path("/runs/selection/" + SuperNeurons.FILE_NAME)), "selection is on S3");
    assertTrue(s3.exists(path("/runs/nightly/run_date=2026-03-15/" + RunSummary.FILE_NAME)));
  }

  private static String[] night(String date, String limit) {
    return new String[] {"--incremental", "--run-date", date, "--limit", limit};
  }

  /** Beyond 32 files Spark has tasks look for them, and their statuses travel. */
  @Test
  void manyManifestsAreOneInput() throws IOException {
    for (int i = 0; i < MANY; i++) {
      Path manifest = Files.writeString(local.resolve("many.jsonl"), rows.get(i));
      upload(manifest, "/data/many-" + i + ".jsonl");
    }
    String[] options = extractOptions(BUCKET + "/models/demo", BUCKET + "/data", "");
    options[Arrays.asList(options).indexOf("--input") + 1] = BUCKET + "/data/many-*.jsonl";
    options[Arrays.asList(options).indexOf("--output") + 1] = BUCKET + "/many";
    Path config = Files.writeString(local.resolve("some.properties"), "layers = 0\n");
    upload(config, "/conf/some.properties");
    options = Arrays.copyOf(options, options.length + 1);
    options[options.length - 1] = "--config=" + BUCKET + "/conf/some.properties";
    assertEquals(0, run(new ExtractJob(), options));
    try (SparkSession spark = Sessions.open("read")) {
      assertEquals(MANY, read(spark, BUCKET + "/many").size());
      List<String> columns = Arrays.asList(spark.read().parquet(BUCKET + "/many").columns());
      assertTrue(columns.contains("l00_attn_z"), columns.toString());
      assertFalse(columns.contains("l01_attn_z"), "the configuration's layers: " + columns);
    }
  }

  @Test
  void anExistingFolderIsRefused() throws IOException {
    upload(local.resolve("manifest.jsonl"), "/taken/file");
    assertEquals(
        2,
        run(
            new ExtractJob(),
            extractOptions(BUCKET + "/models/demo", BUCKET + "/data", BUCKET + "/taken")));
  }

  @Test
  void aModelThatIsNotThereIsRefused() {
    assertEquals(
        2,
        run(
            new ExtractJob(),
            extractOptions(BUCKET + "/models/none", BUCKET + "/data", BUCKET + "/none")));
  }

  @Test
  void aTableAndAPatternOnS3WorkAndLocalFilesAreOutOfReach() throws IOException {
    Path table = local.resolve("table.csv");
    String image = s3.listStatus(path("/data/images"))[0].getPath().getName();
    Files.writeString(
        table,
        String.format(
            Locale.ROOT,
            """
        id,image,question
        here,images/%s,"A dog, is it?"
        disk,file:%s,Is it?
        """,
            image,
            table));
    upload(table, "/data/table.csv");
    String output = BUCKET + "/runs/mixed";
    String[] options = {
      "--model",
      DEMO.resolve("model").toString(),
      "--question",
      "Is it?",
      "--output",
      output,
      "--resume",
      "--rows-per-commit",
      "2",
      "--input",
      BUCKET + "/data/table.csv",
      BUCKET + "/data/ima*/" + image.replaceFirst(".png$", ".p*")
    };
    for (String time : List.of("new", "resumed")) {
      assertEquals(0, run(new ExtractJob(), options), time);
      try (SparkSession spark = Sessions.open("read")) {
        List<Row> done = read(spark, output);
        assertEquals(2, done.size(), done.toString());
        List<Row> errors = read(spark, output + "/_errors");
        assertEquals(1, errors.size());
        assertEquals("disk", errors.get(0).getAs("id"));
        assertEquals("image_not_allowed", errors.get(0).getAs("error"));
      }
    }
  }

  @Test
  void onlyOneOfTwoRunsLocksAFolder() throws IOException {
    LockFile first = new LockFile(s3, path("/locked/_lock"));
    LockFile second = new LockFile(s3, path("/locked/_lock"));
    assertTrue(first.create("first"));
    assertFalse(second.create("second"));
    assertEquals("first", second.read().orElseThrow());
    first.replace("first, renewed");
    assertEquals("first, renewed", second.read().orElseThrow());
    first.delete();
    assertTrue(second.create("second"));
  }

  private static void threeStages(String model, String data, String runs) throws IOException {
    String input = data.startsWith("s3a:") ? data : local.toString();
    if (!data.equals(input)) {
      link(Path.of(data).resolve("images"), local.resolve("images"));
    }
    assertEquals(0, run(new ExtractJob(), extractOptions(model, input, runs + "/activations")));
    assertEquals(
        0,
        run(
            new SelectJob(),
            "--activations",
            runs + "/activations",
            "--output",
            runs + "/selection"));
    label(model, input, runs, "predictions");
  }

  /** Labels into a folder beside the selection. */
  private static void label(String model, String input, String runs, String name, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--model", model, "--model-cache", local.resolve("cache").toString()));
    args.addAll(List.of("--superneurons", runs + "/selection"));
    args.addAll(List.of("--input", input + "/manifest.jsonl", "--output", runs + "/" + name));
    args.addAll(List.of("--image-roots", DEMO.resolve("data").toString()));
    args.addAll(List.of(more));
    assertEquals(0, run(new LabelJob(), args.toArray(String[]::new)));
  }

  private static String[] extractOptions(String model, String data, String output) {
    return new String[] {
      "--model",
      model,
      "--model-cache",
      local.resolve("cache").toString(),
      "--input",
      data + "/manifest.jsonl",
      "--image-roots",
      DEMO.resolve("data").toString(),
      "--output",
      output,
      "--dtype",
      "float32",
      "--partitions",
      "2"
    };
  }

  private static int run(Callable<Integer> job, String... args) {
    return JobMain.run(job, args);
  }

  /** Rows of a table but for where the image was read from, sorted. */
  private static List<Row> read(SparkSession spark, String table) {
    var rows = spark.read().parquet(table).drop("image");
    String[] keys =
        Stream.of("id", "task", "layer", "site", "index")
            .filter(Arrays.asList(rows.columns())::contains)
            .toArray(String[]::new);
    return rows.sort(keys[0], Arrays.copyOfRange(keys, 1, keys.length)).collectAsList();
  }

  private static void assertNothingUnfinished() throws IOException {
    var files = s3.listFiles(path("/runs"), true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      String name = file.getPath().toString();
      assertFalse(name.contains("__magic") || name.contains("_temporary"), name);
    }
  }

  private static void upload(Path from, String to) throws IOException {
    s3.copyFromLocalFile(new org.apache.hadoop.fs.Path(from.toUri()), path(to));
  }

  private static void link(Path from, Path to) throws IOException {
    if (!Files.exists(to)) {
      Files.createSymbolicLink(to, from.toAbsolutePath());
    }
  }

  private static org.apache.hadoop.fs.Path path(String below) {
    return new org.apache.hadoop.fs.Path(BUCKET + below);
  }
}
