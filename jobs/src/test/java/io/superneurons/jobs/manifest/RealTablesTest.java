package io.superneurons.jobs.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.OddParquet;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tables as other programs and data sets have them. */
class RealTablesTest {
  private static final String FIELDS =
      "optional binary image (STRING); optional binary question (STRING); ";
  private static final String LABEL = "optional binary label (STRING); ";

  private static SparkSession spark;
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    spark = Sessions.open("real tables");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void parquetMayHaveAnyColumnsThatAreNotNeeded() throws IOException {
    List<String> others =
        List.of(
            "optional int64 x (TIMESTAMP(NANOS,false));",
            "optional int64 x (TIMESTAMP(NANOS,true));",
            "optional int64 x (TIME(NANOS,false));",
            "optional int64 x (TIME(MICROS,true));",
            "optional int32 x (TIME(MILLIS,true));",
            "optional fixed_len_byte_array(16) x (UUID);",
            "optional fixed_len_byte_array(2) x (FLOAT16);",
            "optional fixed_len_byte_array(26) x (DECIMAL(60,2));",
            "optional fixed_len_byte_array(12) x (INTERVAL);",
            "optional binary Label (STRING); optional int64 IMAGE;",
            "optional group x (LIST) { repeated group list {"
                + " optional fixed_len_byte_array(2) element (FLOAT16); } }",
            "optional group x { optional fixed_len_byte_array(16) u (UUID); }");
    for (int i = 0; i < others.size(); i++) {
      Map<String, Object> row = Map.of("image", i + ".png", "question", "q", "label", "label " + i);
      OddParquet.write(
          folder.resolve(i + ".parquet"), FIELDS + LABEL + others.get(i), List.of(row));
    }
    List<ManifestRow> rows = rows("--input", folder.toString());
    assertEquals(others.size(), rows.size());
    for (ManifestRow row : rows) {
      assertNull(row.problem());
      assertEquals("label " + row.image().replace(".png", ""), row.label());
    }
  }

  @Test
  void parquetLabelsOfSeveralTypesAreTexts() throws IOException {
    Map<String, Object> labels =
        Map.of(
            "optional int64 label;",
            1L,
            "optional double label;",
            0.5,
            "optional double label; optional int32 more;",
            Double.NaN,
            "optional boolean label;",
            true,
            LABEL,
            "yes");
    for (Map.Entry<String, Object> label : labels.entrySet()) {
      String name = label.getValue().toString();
      OddParquet.write(
          folder.resolve(name + ".parquet"),
          FIELDS + label.getKey(),
          List.of(Map.of("image", name, "question", "q", "label", label.getValue())));
    }
    OddParquet.write(
        folder.resolve("none.parquet"), FIELDS, List.of(Map.of("image", "none", "question", "q")));
    for (ManifestRow row : rows("--input", folder.toString())) {
      boolean hasLabel = !Set.of("NaN", "none").contains(row.image());
      assertEquals(hasLabel ? row.image() : null, row.label());
      assertNull(row.problem());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "optional fixed_len_byte_array(2) label (FLOAT16);,FLOAT16",
    "optional fixed_len_byte_array(12) label (INTERVAL);,INTERVAL",
    "optional group label { optional binary x (STRING); },a struct",
  })
  void aNeededColumnThatCannotBeReadIsRefusedByName(String column, String type) throws IOException {
    Path file = folder.resolve("odd.parquet");
    OddParquet.write(file, FIELDS + column, List.of(Map.of("image", "a.png", "question", "q")));
    String message = refusal("--input", file.toString());
    assertTrue(message.contains("Column label of file:" + file + " is " + type), message);
    assertEquals(1, rows("--input", file.toString(), "--columns", "label=").size());
  }

  @Test
  void timesAndOtherSimpleTypesAreTexts() throws IOException {
    OddParquet.write(
        folder.resolve("time.parquet"),
        FIELDS + "optional int64 label (TIME(NANOS,false));",
        List.of(Map.of("image", "a.png", "question", "q", "label", 3_600_000_000_000L)));
    assertEquals("01:00", rows("--input", in("time.parquet")).get(0).label());
  }

  @Test
  void noFiniteNumberIsNoLabelAndTwoColumnsOfANameAreRefused() throws IOException {
    Map<String, Object> row = Map.of("image", "a.png", "question", "q");
    OddParquet.write(
        folder.resolve("n.parquet"),
        FIELDS + "optional double label;",
        List.of(
            Map.of("image", "a.png", "question", "q", "label", Double.NaN),
            Map.of("image", "b.png", "question", "q", "label", Double.NEGATIVE_INFINITY)));
    rows("--input", in("n.parquet")).forEach(read -> assertNull(read.label()));
    OddParquet.write(folder.resolve("two.parquet"), FIELDS + LABEL + LABEL, List.of(row));
    String message = refusal("--input", in("two.parquet"));
    assertTrue(message.contains("two.parquet has two columns label"), message);
  }

  @Test
  void textOfParquetThatIsNotUtf8IsABadRow() throws IOException {
    OddParquet.write(
        folder.resolve("latin.parquet"),
        FIELDS + LABEL,
        List.of(
            Map.of("image", "a.png", "question", "q", "label", new byte[] {'r', (byte) 0xe9, 'd'}),
            Map.of("image", "b.png", "question", "q", "label", "r\u00e9d")));
    List<ManifestRow> rows = rows("--input", in("latin.parquet"));
    assertEquals(
        List.of("r\u00e9d"),
        rows.stream().filter(row -> row.problem() == null).map(ManifestRow::label).toList());
    assertTrue(
        rows.stream()
            .filter(row -> row.problem() != null)
            .allMatch(row -> row.problem().detail().contains("label is not UTF-8")));
  }

  @Test
  void aCodecThatIsNotThereIsNamed() {
    String file = "src/test/resources/manifests/brotli.parquet";
    String message = refusal("--input", file);
    assertTrue(message.contains("brotli.parquet is compressed with BROTLI"), message);
    assertTrue(message.contains("ZSTD"), message);
  }

  @Test
  void anEncryptedColumnIsNamedWhereItIsNeeded() throws IOException {
    List<Map<String, Object>> rows = List.of(Map.of("image", "1.png", "question", "q"));
    String columns = FIELDS + LABEL + "optional int64 x;";
    OddParquet.writeEncrypted(folder.resolve("other.parquet"), columns, "x", rows);
    assertNull(rows("--input", in("other.parquet")).get(0).problem());
    OddParquet.writeEncrypted(folder.resolve("needed.parquet"), columns, "label", rows);
    String message = refusal("--input", in("needed.parquet"));
    assertTrue(message.contains("needed.parquet has column label encrypted"), message);
  }

  @Test
  void aColumnOfNumbersThatRepeatIsNoId() throws IOException {
    String savs = "{\"image\": \"%d.png\", \"question\": \"q\", \"question_id\": 0}";
    write("savs.jsonl", line(savs, 0), line(savs, 1), line(savs, 2));
    List<ManifestRow> rows = rows("--input", in("savs.jsonl"));
    assertEquals(3, rows.stream().filter(row -> row.problem() == null).count());
    assertEquals(3, rows.stream().map(ManifestRow::id).distinct().count());
    assertEquals(ids(rows("--input", in("savs.jsonl"), "--columns", "id=")), ids(rows));
    List<ManifestRow> named = rows("--input", in("savs.jsonl"), "--columns", "id=question_id");
    assertEquals(1, named.stream().filter(row -> row.problem() == null).count());
    write("own.csv", "id,image,question", "mine,3.png,q");
    List<ManifestRow> both = rows("--input", in("savs.jsonl"), in("own.csv"));
    assertTrue(ids(both).contains("mine"), "what is called id is one");
    assertTrue(ids(both).containsAll(ids(rows)));
    write("llava.jsonl", line(savs.replace(": 0", ": 7"), 5));
    assertEquals(Set.of("7"), ids(rows("--input", in("llava.jsonl"))), "one that does not repeat");
  }

  @Test
  void numbersThatBeginAnewInEachFileAreNoIds() throws IOException {
    String pope =
        "{\"image\": \"%1$d.png\", \"text\": \"FILE\", \"question_id\": %1$d, \"label\": \"no\"}";
    List<String> files = new ArrayList<>(List.of("--input"));
    for (int file = 0; file < 3; file++) {
      String name = file + ".jsonl";
      String rows = pope.replace("FILE", name);
      write(name, line(rows, 1), line(rows, 2));
      files.add(in(name));
    }
    List<ManifestRow> all = rows(files.toArray(String[]::new));
    assertEquals(6, ids(all).size());
    assertTrue(all.stream().allMatch(row -> row.problem() == null));
    List<ManifestRow> first = rows("--input", in("0.jsonl"));
    assertEquals(Set.of("1", "2"), ids(first), "those of one file are ids");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"image\": \"a.png\", \"question\": \"q\"}, {\"image\": \"b.png\"}] | '.[]'",
        "[\\n  {\\n    \"image\": \"a.png\"\\n  }\\n] | '.[]'",
        "[\\n{\"image\": \"a.png\", \"question\": \"q\"}\\n] | '.[]'",
        "{\\n  \"data\": [\\n    {\"image\": \"a.png\"}\\n  ]\\n} | '.'",
        "{\"data\": [\\n{\"image\": \"a.png\", \"question\": \"q\"}\\n]} | '.data[]'",
        "{\"data\": [{\"image\": \"a.png\", \"question\": \"q\"}]} | '.[\"data\"][]'",
        "\\n \\n[\\n{\"image\": \"a.png\", \"question\": \"q\"}\\n] | '.[]'",
        "\uFEFF[{\"image\": \"a.png\", \"question\": \"q\"}] | '.[]'",
      })
  void otherJsonIsRefusedWithTheWayOut(String textAndFilter) throws IOException {
    String[] parts = textAndFilter.split(" \\| ");
    Files.writeString(folder.resolve("a b.json"), parts[0].replace("\\n", "\n"));
    String message = refusal("--input", in("a b.json"));
    assertTrue(message.contains("jq -c " + parts[1]), message);
  }

  @Test
  void aBrokenFirstLineIsABadRowAlone() throws IOException {
    write("a.jsonl", "{\"image\": \"a.png\", ", "{\"image\": \"b.png\", \"question\": \"q\"}");
    assertEquals(2, rows("--input", in("a.jsonl")).size());
  }

  @ParameterizedTest
  @CsvSource({
    "train,probe",
    "Training,probe",
    "val,validation",
    "valid,validation",
    "dev,validation",
    "VALIDATION,validation",
    "test,test",
  })
  void splitsGoByTheNamesOfDataSets(String given, String meant) throws IOException {
    write("t.tsv", "image\tquestion\tsplit", "a.png\tq\t" + given);
    assertEquals(meant, rows("--input", in("t.tsv")).get(0).split());
  }

  @Test
  void aSplitThatNobodyKnowsNamesTheWayOut() throws IOException {
    write("t.csv", "image,question,split", "a.png,q,minival");
    String message = refusal("--input", in("t.csv"));
    assertTrue(message.contains("'minival'") && message.contains("--columns split="), message);
    assertNull(rows("--input", in("t.csv"), "--columns", "split=").get(0).problem());
  }

  @Test
  void severalImagesInARowAreABadRow() throws IOException {
    write("t.csv", "image,question", "\"['a.png', 'b.png']\",q", "[1].png,q", "b.png,q");
    write("t.jsonl", "{\"image\": [\"a.png\", \"b.png\"], \"question\": \"q\"}");
    List<String> problems = new ArrayList<>();
    for (ManifestRow row : rows("--input", in("t.csv"), in("t.jsonl"))) {
      if (row.problem() != null) {
        problems.add(row.problem().detail());
      }
    }
    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.stream().allMatch(p -> p.contains("is a list")), problems.toString());
  }

  @Test
  void emptyNamesInAHeaderAreNoColumns() throws IOException {
    write("t.csv", "image,question,label,,", "a.png,q,red,,", "b.png,q,blue,x,");
    List<ManifestRow> rows = rows("--input", in("t.csv"));
    assertEquals(
        Set.of("red", "blue"), rows.stream().map(ManifestRow::label).collect(Collectors.toSet()));
    write("sep.csv", "sep=,", "image,question", "a.png,q");
    assertEquals(1, rows("--input", in("sep.csv")).size());
    write("twice.csv", "image,question,question", "a.png,q,q");
    assertTrue(refusal("--input", in("twice.csv")).contains("two columns question"));
  }

  @Test
  void aTableWithOtherSeparatorsIsToldSo() throws IOException {
    for (String separator : List.of(";", "|", "\t")) {
      write("t.csv", String.join(separator, "image", "question"), "a.png" + separator + "q");
      String message = refusal("--input", in("t.csv"));
      String shown = separator.equals("\t") ? "tabs" : "'" + separator + "'";
      assertTrue(message.contains("seems to be separated by " + shown), message);
    }
    write("quoted.csv", "image;\"a, b\";question", "a.png;1;q");
    String message = refusal("--input", in("quoted.csv"));
    assertTrue(message.contains("seems to be separated by ';'"), message);
  }

  @Test
  void pathsOfWindowsAreCalledSo() throws IOException {
    for (String path : List.of("C:/data/m.jsonl", "d:\\data\\m.jsonl")) {
      assertTrue(refusal("--input", path).contains("path of Windows"), path);
    }
    write("m.jsonl", "{\"image\": \"C:/a.png\", \"question\": \"q\"}");
    assertTrue(refusal("--input", in("m.jsonl")).contains("path of Windows"));
  }

  private static List<ManifestRow> rows(String... arguments) {
    return Manifest.read(spark, arguments(arguments), 0).rows().collectAsList().stream()
        .map(ManifestRow::of)
        .toList();
  }

  private static InputOptions arguments(String... arguments) {
    InputOptions parsed = new InputOptions();
    new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return parsed;
  }

  private static String refusal(String... arguments) {
    String message = assertThrows(ConfigurationException.class, () -> rows(arguments)).getMessage();
    assertFalse(message.isBlank());
    return message;
  }

  private static Set<String> ids(List<ManifestRow> rows) {
    return rows.stream().map(ManifestRow::id).collect(Collectors.toCollection(HashSet::new));
  }

  private static String line(String pattern, int number) {
    return String.format(Locale.ROOT, pattern, number);
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
