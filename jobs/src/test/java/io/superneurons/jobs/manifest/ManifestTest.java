package io.superneurons.jobs.manifest;

import static io.superneurons.jobs.manifest.ManifestFixture.arguments;
import static io.superneurons.jobs.manifest.ManifestFixture.ids;
import static io.superneurons.jobs.manifest.ManifestFixture.images;
import static io.superneurons.jobs.manifest.ManifestFixture.problems;
import static io.superneurons.jobs.manifest.ManifestFixture.requireReadAgain;
import static io.superneurons.jobs.manifest.ManifestFixture.row;
import static io.superneurons.jobs.manifest.ManifestFixture.rows;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.source.InputOptions;
import io.superneurons.jobs.source.InputTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of input, among them those that src/test/python/manifest_fixtures.py wrote. */
class ManifestTest {
  private static final Path FIXTURES = Path.of("src/test/resources/manifests").toAbsolutePath();
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    spark = Sessions.open("manifests");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quoted.csv | image=file,question=prompt,id=nr",
        "excel.csv | image=file,question=prompt,id=nr",
        "quoted.tsv.gz | image=file,question=prompt,id=nr",
        "vlmevalkit.tsv | task=",
        "datasets.parquet | task=",
      })
  void tablesHoldWhatPandasAndPyarrowPutIntoThem(String file, String columns) throws IOException {
    Manifest manifest = read("--input", FIXTURES.resolve(file).toString(), "--columns", columns);
    List<ManifestRow> rows = rows(manifest);
    JsonNode expected =
        new ObjectMapper().readTree(FIXTURES.resolve("expected.json").toFile()).get(file);
    assertEquals(expected.size(), rows.size());
    for (JsonNode want : expected) {
      ManifestRow row =
          rows.stream()
              .filter(r -> r.question().equals(want.get("question").textValue()))
              .findFirst()
              .orElseThrow();
      assertNull(row.problem());
      assertEquals(want.get("label").textValue(), row.label());
      if (!want.get("id").isNull()) {
        assertEquals(want.get("id").textValue(), row.id());
      }
      if (!want.get("image").isNull()) {
        assertEquals(want.get("image").textValue(), row.image());
      }
      assertEquals(
          want.get("sha256").textValue(), row.embedded() == null ? null : row.embedded().sha256());
      assertEquals(
          row.embedded() == null ? "file:" + FIXTURES + "/" + row.image() : null, row.location());
    }
    requireReadAgain(spark, manifest, rows);
  }

  @Test
  void columnsThatATableLacksAreRefused() {
    String csv = FIXTURES.resolve("quoted.csv").toString();
    assertTrue(refusal("--input", csv).contains("has no column image"));
    assertTrue(refusal("--input", csv, "--columns", "image=pic").contains("no column pic"));
    String parquet = FIXTURES.resolve("datasets.parquet").toString();
    assertTrue(refusal("--input", parquet, "--columns", "image=pic").contains("no column pic"));
    String nested = refusal("--input", parquet, "--columns", "question=objects");
    assertTrue(nested.contains("objects") && nested.contains("array"), nested);
  }

  @Test
  void aRecordOfTheWrongLengthIsABadRowAndAnOpenQuoteARefusal() throws IOException {
    write(
        "a.csv",
        "image,question",
        "1.png,Is it?",
        "2.png",
        "3.png,Is it?,yes",
        "\"4.png\",\"I\ns?\"");
    List<ManifestRow> rows = rows(read("--input", in("a.csv")));
    assertEquals(4, rows.size());
    assertEquals(
        Set.of(
            "The record has 1 field, the header 2 (line 3 of file:" + in("a.csv") + ")",
            "The record has 3 fields, the header 2 (line 4 of file:" + in("a.csv") + ")"),
        problems(rows));
    write("b.csv", "image,question", "1.png,Is it?", "2.png,\"Is it?", "3.png,Is it?");
    String refusal = refusal("--input", in("b.csv"));
    assertTrue(refusal.contains("b.csv from line 3"), refusal);
    write("c.csv", "image,image", "1.png,Is it?");
    assertTrue(refusal("--input", in("c.csv")).contains("two columns image"));
  }

  @Test
  void linesKeepTheirNumbersThoughAFileIsReadInParts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 60_000; i++) {
      lines.add(
          i % 9_999 == 0
              ? "broken " + i
              : i % 7 == 0 ? "" : row("" + i, i + ".png" + "x".repeat(620)));
    }
    write("big.jsonl", lines.toArray(String[]::new));
    assertTrue(Files.size(folder.resolve("big.jsonl")) > 2L * (16 << 20), "three parts");
    Manifest manifest = read("--input", in("big.jsonl"));
    assertEquals(60_000 - 60_000 / 7, manifest.rowCount());
    List<Row> bad = manifest.rows().where("problem is not null").collectAsList();
    assertEquals(6, bad.size());
    for (Row row : bad) {
      String problem = ManifestRow.of(row).problem().detail();
      String number = problem.replaceAll("(?s).*broken (\\d+).*", "$1");
      assertTrue(problem.contains("(line " + number + " of file:"), problem);
    }
    Manifest some = Manifest.read(spark, arguments("--input", in("big.jsonl")), 40_000);
    assertEquals(40_000, some.rowCount());
    List<Row> last = some.rows().orderBy(Manifest.POSITION).collectAsList();
    for (int i = 0; i < 40_000; i++) {
      assertEquals((long) i, last.get(i).<Long>getAs(Manifest.POSITION));
    }
    ManifestRow end = ManifestRow.of(last.get(39_999));
    long line = 39_999 / 6 * 7 + 39_999 % 6 + 1;
    assertEquals("" + line, end.id());
  }

  @Test
  void theFirstOfRowsThatShareAnIdKeepsIt() throws IOException {
    write("a.jsonl", row("x", "1.png"), row("y", "2.png"), row("x", "3.png"));
    write("b.jsonl", row("x", "4.png"), "{\"id\": \"y\"}", row("z", "5.png"));
    List<ManifestRow> rows = rows(read("--input", in("b.jsonl"), in("a.jsonl")));
    assertEquals(6, rows.size());
    assertEquals(
        Set.of(
            "x",
            "y",
            "z",
            "x@file:" + in("a.jsonl") + ":3",
            "x@file:" + in("b.jsonl") + ":1",
            "y@file:" + in("b.jsonl") + ":2"),
        rows.stream().map(ManifestRow::id).collect(Collectors.toSet()));
    ManifestRow kept = rows.stream().filter(r -> r.id().equals("x")).findFirst().orElseThrow();
    assertEquals("1.png", kept.image());
    assertNull(kept.problem());
    ManifestRow later =
        rows.stream().filter(r -> r.id().endsWith("b.jsonl:1")).findFirst().orElseThrow();
    assertEquals(
        String.format(
            Locale.ROOT,
            "Id x is that of line 1 of file:%s already; give each row its own, or take the row out"
                + " (line 1 of file:%s)",
            in("a.jsonl"),
            in("b.jsonl")),
        later.problem().detail());
  }

  @Test
  void rowsOfATableThatShareAnIdAreTheSameInAnyOrder() throws IOException {
    String[] rows = {
      row("x", "3.png"), row("x", "1.png"), row("y", "2.png"), row("x", "2.png"), row("x", "2.png")
    };
    write("rows.jsonl", rows);
    Dataset<Row> table = spark.read().json(in("rows.jsonl"));
    List<ManifestRow> up = ofTable(table.orderBy("image").coalesce(1));
    List<ManifestRow> down = ofTable(table.orderBy(col("image").desc()).repartition(3));
    assertEquals(5, ids(up).size());
    assertEquals(ids(up), ids(down));
    for (List<ManifestRow> found : List.of(up, down)) {
      ManifestRow kept = found.stream().filter(r -> r.id().equals("x")).findFirst().orElseThrow();
      assertEquals("1.png", kept.image());
      assertEquals(3, found.stream().filter(row -> row.problem() != null).count());
    }
    assertEquals(problems(up), problems(down));
  }

  private List<ManifestRow> ofTable(Dataset<Row> table) throws IOException {
    table.createOrReplaceTempView("shared");
    InputOptions options = arguments("--input", "table:shared");
    try (InputTables copy = InputTables.copied(spark, options, in("out"))) {
      return rows(Manifest.read(spark, copy.files(), 0));
    }
  }

  @Test
  void aManifestThatIsGivenTwiceIsReadOnce() throws IOException {
    write("a.jsonl", row("x", "1.png"));
    assertEquals(1, read("--input", in("a.jsonl"), in("*.jsonl"), folder.toString()).rowCount());
  }

  @Test
  void severalFilesInAFolderThatLooksLikeAPatternAreReadOnceEach() throws IOException {
    Files.createDirectories(folder.resolve("o[1]"));
    for (int i = 0; i < 3; i++) {
      write(String.format(Locale.ROOT, "o[1]/%d.jsonl", i), row("row" + i, i + ".png"));
    }
    Manifest manifest = read("--input", in("o[1]/0.jsonl"), in("o[1]/1.jsonl"), in("o[1]/2.jsonl"));
    assertEquals(3, manifest.rowCount());
    assertEquals(Set.of(), problems(rows(manifest)));
  }

  @Test
  void aLimitTakesTheFirstRowsOfTheInput() throws IOException {
    write("a.jsonl", row("1", "1.png"), row("2", "2.png"), row("3", "3.png"));
    write("b.jsonl", row("4", "4.png"));
    for (int limit = 1; limit <= 4; limit++) {
      Manifest manifest =
          Manifest.read(spark, arguments("--input", in("b.jsonl"), in("a.jsonl")), limit);
      assertEquals(
          IntStream.rangeClosed(1, limit).mapToObj(i -> "" + i).collect(Collectors.toSet()),
          rows(manifest).stream().map(ManifestRow::id).collect(Collectors.toSet()));
    }
  }

  @Test
  void formatsMayBeMixedAndNamesMayMislead() throws IOException {
    write("rows.jsonl", row("1", "1.png"));
    write("rows.csv", "id,image,question", "2,2.png,Is it?");
    write("list.txt", "\uFEFF" + row("3", "3.png"));
    write("rows.data", "id,image,question", "4,4.png,Is it?");
    assertEquals(2, read("--input", folder.toString()).rowCount());
    assertEquals(3, read("--input", folder.toString(), in("list.txt")).rowCount());
    assertTrue(refusal("--input", in("rows.data")).contains("--format"));
    assertEquals(1, read("--input", in("rows.data"), "--format", "csv").rowCount());
    assertEquals(2, read("--input", in("rows.{csv,jsonl}")).rowCount());
  }

  @Test
  void oddNamesArePathsAndNotPatterns() throws IOException {
    Files.createDirectories(folder.resolve("a b%20[1]{x}"));
    write("a b%20[1]{x}/rows *.jsonl", row("1", "1.png"), "broken");
    write("a b%20[1]{x}/rows 2.jsonl", row("2", "1.png"));
    List<ManifestRow> rows = rows(read("--input", in("a b%20[1]{x}/rows *.jsonl")));
    assertEquals(2, rows.size());
    String at = "file:" + in("a b%20[1]{x}");
    assertTrue(problems(rows).iterator().next().contains("line 2 of " + at + "/rows *.jsonl"));
    assertTrue(rows.stream().anyMatch(row -> (at + "/1.png").equals(row.location())));
  }

  @Test
  void namesWithColonsAndStaleChecksumsAreReadAsAnyOther() throws IOException {
    Files.createDirectories(folder.resolve("t12:30"));
    write("m:1.jsonl", row("1", "a:b.png"));
    write("m:2.csv", "id,image,question", "2,x.png,Is it?");
    write("t12:30/m.jsonl", row("3", "x.png"));
    Files.copy(FIXTURES.resolve("datasets.parquet"), folder.resolve("p:1.parquet"));
    for (String name : List.of("m:1.jsonl", "m:2.csv", "p:1.parquet", "t12:30/m.jsonl")) {
      Path file = folder.resolve(name);
      Files.write(file.resolveSibling("." + file.getFileName() + ".crc"), new byte[] {99, 114, 99});
    }
    List<ManifestRow> rows = rows(read("--input", in("m:*"), in("t*:*/*.jsonl")));
    assertEquals(Set.of("1", "2", "3"), ids(rows));
    assertTrue(read("--input", in("p:1.parquet"), "--columns", "task=").rowCount() > 0);
    assertTrue(rows.stream().anyMatch(row -> ("file:" + in("a:b.png")).equals(row.location())));
    assertEquals(1, read("--input", in("{m:1,t12:30/m}.jsonl")).rowCount() - 1, "alternatives");
  }

  @Test
  void textThatIsNotUtf8IsNoLabel() throws IOException {
    String csv =
        "image,question,label\n1.png,Is it?,r\u00e9d\n2.png,Is it?,red\n3.png,Is it?,r\u00e8d\n";
    Files.write(folder.resolve("latin.csv"), csv.getBytes(StandardCharsets.ISO_8859_1));
    String lines = row("1", "1.png") + "\n{\"id\": \"r\u00e9d\"}\n";
    Files.write(folder.resolve("latin.jsonl"), lines.getBytes(StandardCharsets.ISO_8859_1));
    for (String name : List.of("latin.csv:2:4", "latin.jsonl:2")) {
      String[] parts = name.split(":");
      Set<String> problems = problems(rows(read("--input", in(parts[0]))));
      assertEquals(parts.length - 1, problems.size());
      for (int i = 1; i < parts.length; i++) {
        String line = "(line " + parts[i] + " of ";
        assertTrue(
            problems.stream().anyMatch(p -> p.contains("not UTF-8") && p.contains(line)), line);
      }
    }
    for (String name : List.of("wide.csv", "wide.jsonl")) {
      String text = name.endsWith("csv") ? csv : lines;
      Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_16));
      String refusal = refusal("--input", in(name));
      assertTrue(refusal.contains("UTF-16") && refusal.contains(name), refusal);
    }
  }

  @Test
  void imagesNeedNoManifest() throws IOException {
    for (String file : List.of("b.png", "a.JPG", "notes.txt", "_x.png", ".y/z.png", "sub/c.webp")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "image");
    }
    List<ManifestRow> all = rows(read("--input", folder.toString(), "--question", "Is it?"));
    assertEquals(Set.of(in("a.JPG"), in("b.png"), in("sub/c.webp")), images(all));
    assertTrue(all.stream().allMatch(row -> row.question().equals("Is it?")));
    assertEquals(ids(all), ids(rows(read("--input", folder.toString(), "--question", "Is it?"))));
    assertEquals(
        Set.of(in("sub/c.webp")), images(rows(read("--input", in("s*/*.webp")))), "a pattern");
    assertEquals(
        Set.of(in("a.JPG"), in("b.png"), in("sub/c.webp")),
        images(rows(read("--input", in("*"), in("b.png"), in("sub/c.webp")))),
        "each image once");
    write("metadata.jsonl", "{\"file_name\": \"b.png\"}");
    assertEquals(1, read("--input", folder.toString()).rowCount(), "a folder with its manifest");
    assertEquals(3, read("--input", folder.toString(), "--format", "images").rowCount());
  }

  @Test
  void inputsWithoutAUsableRowAreRefused() throws IOException {
    write("empty.jsonl");
    write("header.csv", "image,question");
    write("bad.jsonl", "no", "rows");
    Files.writeString(folder.resolve("cut.parquet"), "PAR1");
    Files.writeString(folder.resolve("cut.csv.gz"), "not an archive");
    Files.createDirectories(folder.resolve("nothing"));
    assertTrue(refusal("--input", in("empty.jsonl")).contains("has no rows"));
    assertTrue(refusal("--input", in("header.csv")).contains("has no rows"));
    assertTrue(refusal("--input", in("nothing")).contains("has no rows"));
    String none = refusal("--input", in("bad.jsonl"));
    assertTrue(none.contains("No row") && none.contains("not JSON"), none);
    assertTrue(refusal("--input", in("cut.parquet")).contains("cut.parquet"));
    assertTrue(refusal("--input", in("cut.csv.gz")).contains("cut.csv.gz"));
    assertTrue(refusal("--input", in("missing.jsonl")).contains("does not exist"));
    String both = in("empty.jsonl") + "," + in("header.csv");
    String hint = "separate inputs by spaces: --input " + both.replace(',', ' ');
    assertEquals("Input " + both + " does not exist; " + hint, refusal("--input", both));
    String one = in("empty.jsonl") + "," + in("missing.jsonl");
    assertEquals("Input " + one + " does not exist", refusal("--input", one));
    assertTrue(refusal("--input", in("*.tsv")).contains("matches no file"));
    assertTrue(refusal("--input", "nowhere://x/rows.jsonl").contains("nowhere"));
  }

  @Test
  void aNameThatIsNotUtf8IsNeverPassedOver() throws Exception {
    String make =
        "f=\"$(printf 'f\\351')\"; mkdir -p photos/\"$f\" tables;"
            + " touch photos/\"$f\"/in.png photos/a.png tables/\"$f.jsonl\"";
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", make).directory(folder.toFile());
    assertEquals(0, shell.start().waitFor());
    List<ManifestRow> rows = rows(read("--input", in("photos")));
    assertEquals(2, rows.size());
    assertTrue(
        rows.stream()
            .anyMatch(
                row ->
                    row.problem() != null
                        && row.problem().detail().contains("photos/f%E9/in.png is not UTF-8")));
    assertTrue(refusal("--input", in("photos/*/*.png")).contains("photos/f%E9 is not UTF-8"));
    assertTrue(refusal("--input", in("tables")).contains("tables/f%E9.jsonl is not UTF-8"));
  }

  private Manifest read(String... arguments) {
    return Manifest.read(spark, arguments(arguments), 0);
  }

  private String refusal(String... arguments) {
    return assertThrows(ConfigurationException.class, () -> read(arguments)).getMessage();
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), Arrays.asList(lines));
  }
}
