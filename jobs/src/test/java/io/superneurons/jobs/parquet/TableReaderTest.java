package io.superneurons.jobs.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
  private static final TableSchema SCHEMA =
      new TableColumns()
          .strings("name")
          .lists("thresholds")
          .integers("index")
          .numbers("value")
          .flags("selected")
          .named("table");

  @TempDir private Path folder;
  private Path second;

  @BeforeEach
  void write() throws IOException {
    second = write("part-00001.parquet", new Object[] {"c", null, null, Double.NaN, null});
    write(
        "part-00000.parquet",
        new Object[] {"a", new double[] {1}, 3, 0.5, true},
        new Object[] {"b", new double[0], -1, null, false});
    write("_hidden.parquet", new Object[] {"hidden", null, 0, 0.0, true});
    Files.writeString(folder.resolve("_SUCCESS"), "");
  }

  private Path write(String name, Object[]... rows) throws IOException {
    Path file = folder.resolve(name);
    try (ParquetWriter<Object[]> writer =
        ParquetRows.openTable(new Configuration(), path(file), SCHEMA)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private List<String> read(Path from, String... columns) {
    List<String> rows = new ArrayList<>();
    new TableReader(new Configuration())
        .read(path(from), List.of(columns), row -> rows.add(text(row, List.of(columns))));
    return rows;
  }

  private static String text(TableRow row, List<String> columns) {
    StringBuilder text = new StringBuilder(row.text("name"));
    for (String column : columns) {
      switch (column) {
        case "index" -> text.append(' ').append(row.isNull("index") ? "-" : row.integer("index"));
        case "value" -> text.append(' ').append(row.numberIfAny("value").orElse(-1));
        case "selected" ->
            text.append(' ').append(row.isNull("selected") ? "-" : row.flag("selected"));
        default -> {}
      }
    }
    return text.toString();
  }

  @Test
  void filesComeByNameAndNullsAreTold() {
    assertEquals(
        List.of("a 3 0.5 true", "b -1 -1.0 false", "c - NaN -"),
        read(folder, "name", "index", "value", "selected"));
    assertEquals(List.of("a", "b", "c"), read(folder, "name"), "one column of them");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    assertMessage("part-00000.parquet: it has no column other", folder, "name", "other");
    assertMessage("no Parquet files to read", folder.resolve("none"), "name");
    assertMessage("no Parquet files to read", Files.createDirectory(folder.resolve("e")), "name");
    byte[] whole = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(whole, whole.length / 2));
    assertMessage("Cannot read file:" + second, folder, "name");
  }

  private void assertMessage(String part, Path from, String... columns) {
    String message =
        assertThrows(ConfigurationException.class, () -> read(from, columns)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
