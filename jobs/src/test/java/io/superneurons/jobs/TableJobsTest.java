package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a catalog and of Spark's sources through extract, as the same images in files. */
@ExtendWith(FewShufflePartitions.class)
class TableJobsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final String WAREHOUSE = "spark.sql.warehouse.dir";

  @TempDir private Path folder;
  private String said;

  @BeforeEach
  void placeTables() {
    System.setProperty(WAREHOUSE, folder.resolve("warehouse").toString());
  }

  @AfterEach
  void forgetTables() {
    System.clearProperty(WAREHOUSE);
  }

  @Test
  void rowsOfTablesAreThoseOfFiles() throws IOException {
    assertEquals(0, extract("files", "--input", IMAGES.toString(), "--question", "Is it?"));
    Map<String, Row> files = read("files");

    assertEquals(0, extractPictures("table", "--where", "id < 2"));
    Map<String, Row> table = read("table");
    assertEquals(2, table.size());
    table.forEach(
        (name, row) ->
            assertArrayEquals(
                files.get(name).<byte[]>getAs("l00_resid_post"),
                row.<byte[]>getAs("l00_resid_post")));
    assertEquals("0", table.get("0").getAs("id"));

    String[] source = {"--input-format", "binaryFile", "--input", IMAGES.toString()};
    String[] columns = {"--columns", "image=content", "--question", "Is it?"};
    assertEquals(
        0,
        extract("source", Stream.of(source, columns).flatMap(Stream::of).toArray(String[]::new)));
    try (SparkSession spark = Sessions.open("count")) {
      assertEquals(3, spark.read().parquet(folder.resolve("source").toString()).count());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertTrue(
          left.noneMatch(path -> path.getFileName().toString().startsWith("_")), "no copies");
    }
  }

  @Test
  void foldersOfATablesImagesMayBeLabels() throws IOException {
    String[] paths = {"--columns", "image=image_path", "--image-roots", IMAGES.toString()};
    assertEquals(0, extractPictures("dry", more(paths, "--labels-from=folder", "--dry-run")), said);
  }

  private int extractPictures(String output, String... more) throws IOException {
    try (SparkSession spark = Sessions.open("makes a table")) { // which the job goes on with
      spark.read().format("binaryFile").load(IMAGES.toString()).createOrReplaceTempView("files");
      spark.sql(
          "create table pictures as select content as image, path as image_path, length,"
              + " regexp_extract(path, '([0-9])[.]png', 1) as id, 'Is it?' as question from files");
      return extract(output, more(more, "--input", "table:pictures"));
    }
  }

  @Test
  void whatCannotBeReadIsALine() {
    refused("Cannot read input table:none", "--input", "table:none");
    refused("not both", "--input", "table:a", IMAGES.toString());
    refused("--where is for tables", "--input", IMAGES.toString(), "--where", "true");
    String[] where = {"--input-format", "binaryFile", "--input", IMAGES.toString(), "--columns"};
    refused("Cannot read input", more(where, "image=content", "--where", "no such"));
    refused("has no column image", more(where, "question=path"));
  }

  @Test
  void aSourceThatIsMadeForAnotherSparkIsALine() {
    System.setProperty("spark.sql.catalog.other", CatalogOfAnotherSpark.class.getName());
    try {
      refused("is made for another Spark than 4.", "--input", "table:other.db.images");
    } finally {
      System.clearProperty("spark.sql.catalog.other");
    }
  }

  /** Fails as a catalog does whose jar was compiled against another version. */
  public static final class CatalogOfAnotherSpark implements CatalogPlugin {
    @Override
    public void initialize(String name, CaseInsensitiveStringMap options) {
      throw new IncompatibleClassChangeError("View is not an interface");
    }

    @Override
    public String name() {
      return "other";
    }
  }

  private static String[] more(String[] some, String... others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  private void refused(String why, String... arguments) {
    assertEquals(2, extract("refused", arguments), said);
    assertTrue(said.contains(why), said);
    assertEquals(1, said.lines().count(), said);
  }

  private int extract(String output, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString(), "--layers", "0"));
    Printed printed = Printed.of(() -> JobMain.run(new ExtractJob(), args.toArray(String[]::new)));
    said = printed.said();
    return printed.exitCode();
  }

  /** Rows by the names of their images. */
  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        String image = row.getAs("image");
        rows.put(image.replaceFirst(".*/", "").replace(".png", ""), row);
      }
    }
    return rows;
  }
}
