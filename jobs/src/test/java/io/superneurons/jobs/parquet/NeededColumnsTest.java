package io.superneurons.jobs.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.OddParquet;
import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeededColumnsTest {
  @TempDir private Path folder;

  @Test
  void columnsThatAnyFileHasAreThere() throws IOException {
    List<String> files =
        List.of(
            write("a", "required binary id (STRING); optional int64 x (TIMESTAMP(NANOS,false));"),
            write("b", "optional binary split (STRING); optional binary id (STRING);"));
    assertEquals(List.of("id", "split"), List.of(read(files).fieldNames()));
    assertEquals(List.of("split", "id"), List.of(read(List.of(files.get(1))).fieldNames()));
  }

  @Test
  void aColumnOfTwoTypesIsRefusedWithItsFiles() throws IOException {
    String text = write("text", "optional binary split (STRING);");
    String number = write("number", "optional int64 split;");
    String message =
        assertThrows(ConfigurationException.class, () -> read(List.of(text, number))).getMessage();
    assertTrue(
        message.contains("split is binary in " + text + ", and int64 in " + number), message);
  }

  private StructType read(List<String> files) {
    return NeededColumns.of(new Configuration(), files, Set.of("id", "split")::contains);
  }

  private String write(String name, String columns) throws IOException {
    Path file = folder.resolve(name + ".parquet");
    OddParquet.write(file, columns, List.of());
    return file.toString();
  }
}
