package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
import io.superneurons.jobs.label.LabelOptions;
import io.superneurons.jobs.label.LabelRun;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Predictions that are added to a table of a catalog, of Spark's own formats and of Delta. */
@ExtendWith(FewShufflePartitions.class)
class LabelTableTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final String WAREHOUSE = "spark.sql.warehouse.dir";
  private static final Map<String, String> DELTA =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.databricks.delta.snapshotPartitions", "1",
          "spark.kryo.registrationRequired", "false"); // Delta's own classes travel too

  private final Map<String, String> before = new HashMap<>();

  @TempDir private Path folder;
  private NightlyCorpus corpus;
  private SparkSession spark;

  @BeforeEach
  void openCatalog() throws IOException {
    corpus = NightlyCorpus.in(folder);
    DELTA.forEach(this::set);
    set(WAREHOUSE, folder.resolve("warehouse").toString());
    spark = Sessions.open("tables of predictions");
  }

  @AfterEach
  void closeCatalog() throws IOException {
    spark.close();
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void set(String name, String value) {
    before.put(name, System.setProperty(name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "delta"})
  void eachRowIsAddedOnce(String format) throws IOException {
    spark.conf().set("spark.sql.sources.default", format);
    Files.writeString(corpus.images().resolve("bad.png"), "no image");
    assertSaid("table    predictions: 3 rows added", nightly("2026-03-14"));
    assertEquals(
        List.of("0 2026-03-14", "1 2026-03-14", "2 2026-03-14"),
        rows(),
        "what failed is in the folder alone");
    assertEquals(format, provider());

    Files.delete(folder.resolve("run/_SUCCESS")); // killed after the append, before the end
    assertSaid("0 rows added", nightly("2026-03-14"));
    assertEquals(3, rows().size());

    corpus.image("bad.png", 0);
    corpus.image("1.png", 2);
    assertSaid("2 rows added", nightly("2026-03-15"));
    assertEquals(
        List.of("0 2026-03-14", "1 2026-03-14", "1 2026-03-15", "2 2026-03-14", "bad 2026-03-15"),
        rows());

    corpus.image("1.png", 1);
    assertSaid("1 row added", nightly("2026-03-16")); // again what it was on the first night
    assertEquals(6, rows().size());

    corpus.superNeurons("", ", \"probe\": 0.5");
    assertSaid("4 rows added", label("--run-folder", folder.resolve("o[1]").toString()));
    assertEquals(10, rows().size());
    assertEquals(2, spark.sql("select distinct run_id from predictions").count());
  }

  @Test
  void whatARunDidNotAddIsAddedByTheNext() throws IOException {
    String run = folder.resolve("run").toString();
    labelTo(run);
    assertSaid("3 rows added", label("--run-folder", run, "--resume"));

    // as an append leaves a table of plain files when it is killed in its midst
    spark.sql("create table cut as select *, 1 as more from predictions where image like '%1.png'");
    spark.sql("drop table predictions");
    spark.sql("create table predictions as select more, * except (more) from cut");
    assertSaid("2 rows added", label("--run-folder", run, "--resume"));
    assertEquals(3, rows().size());
    assertEquals(1, spark.sql("select * from predictions where more = 1").count());
    assertEquals(
        3, spark.sql("select * from predictions where prediction in ('yes', 'no')").count());
  }

  @Test
  void aTableOfDeltaNeedsNoCatalog() throws IOException {
    String at = "delta.`" + folder.resolve("lake/predictions") + "`";
    String[] run = {"--run-folder", folder.resolve("run").toString(), "--resume"};
    assertSaid("3 rows added", labelTo("table:" + at, run));
    assertSaid("0 rows added", labelTo("table:" + at, run));
    assertEquals(3, spark.table(at).count());
  }

  @Test
  void tablesOfDeltaAreRead() throws IOException {
    String at = folder.resolve("pictures").toString();
    spark
        .read()
        .format("binaryFile")
        .load(corpus.images().toString())
        .selectExpr("content as image", "path as image_path", "'Is it so?' as question")
        .write()
        .format("delta")
        .save(at);
    spark.sql("create table pictures using delta location '" + at + "'");
    extract("byPath", at, "--input-format", "delta");
    extract("byName", "table:pictures", "--where", "image_path not like '%0.png'");
    assertEquals(3, spark.read().parquet(folder.resolve("byPath").toString()).count());
    assertEquals(2, spark.read().parquet(folder.resolve("byName").toString()).count());
  }

  @Test
  void whatCannotBeWrittenIsALineBeforeWork() {
    spark.sql("create table predictions (id string, task string) using parquet");
    String run = folder.resolve("run").toString();
    refused("lacks columns of predictions: [error, error_kind", () -> label("--run-folder", run));
    refused("needs --run-folder", () -> label());
    refused("a folder is its own", () -> labelTo("out", "--run-folder", run));
    refused(
        "Cannot write table no.such.place",
        () -> labelTo("table:no.such.place", "--run-folder", run));
    refused("label writes tables", () -> extract("table:t", corpus.images().toString()));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private static void assertSaid(String what, String said) {
    assertTrue(said.contains(what), said);
  }

  private static void refused(String why, Executable run) {
    String said = assertThrows(ConfigurationException.class, run).getMessage();
    assertTrue(said.contains(why), said);
    assertEquals(1, said.lines().count(), said);
  }

  private String nightly(String date) throws IOException {
    String run = folder.resolve("run").toString();
    return label("--run-folder", run, "--incremental", "--run-date", date);
  }

  private String label(String... more) throws IOException {
    return labelTo("table:predictions", more);
  }

  /** Options of label, without the job, whose end would be that of the session and its tables. */
  @Command(name = "label")
  private static final class Label {
    @Mixin private final LabelOptions options = new LabelOptions();
  }

  /** Options of extract. */
  @Command(name = "extract")
  private static final class Extract {
    @Mixin private final ExtractOptions options = new ExtractOptions();
  }

  private String labelTo(String output, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--superneurons", folder.toString()));
    args.addAll(List.of("--input", corpus.images().toString()));
    StringWriter told = new StringWriter();
    LabelRun.of(parsed(new Label(), output, args).options, new PrintWriter(told)).run(spark);
    return told.toString();
  }

  private void extract(String output, String input, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(more));
    String to = output.startsWith("table:") ? output : folder.resolve(output).toString();
    args.addAll(List.of("--input", input, "--layers", "0"));
    PrintWriter told = new PrintWriter(new StringWriter());
    ExtractRun.of(parsed(new Extract(), to, args).options, told).run(spark);
  }

  private static <T> T parsed(T command, String output, List<String> more) {
    List<String> args = new ArrayList<>(more);
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--batch-size", "1", "--dtype", "float32", "--output", output));
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(args.toArray(String[]::new));
    return command;
  }

  private List<String> rows() {
    return spark
        .sql(
            "select regexp_extract(image, '([a-z0-9]+)[.]png', 1) as name, cast(run_date as string)"
                + " from predictions order by 1, 2")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .toList();
  }

  private String provider() {
    return spark.sql("describe table extended predictions").collectAsList().stream()
        .filter(row -> row.getString(0).equals("Provider"))
        .map((Row row) -> row.getString(1))
        .findFirst()
        .orElse("");
  }
}
