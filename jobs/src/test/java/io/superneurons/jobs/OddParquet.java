package io.superneurons.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files with columns that Spark neither writes nor reads. */
public final class OddParquet {
  private OddParquet() {}

  /**
   * Writes a file.
   *
   * @param columns as Parquet's text of a schema has them, such as {@code optional int64 n;}
   * @param rows values by column: String, byte[], Long, Double or Boolean; others are left out
   */
  public static void write(Path file, String columns, List<Map<String, Object>> rows)
      throws IOException {
    write(file, columns, rows, null);
  }

  /** The same with one column that needs a key; the footer, and the others, do not. */
  public static void writeEncrypted(
      Path file, String columns, String encrypted, List<Map<String, Object>> rows)
      throws IOException {
    byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    ColumnPath column = ColumnPath.get(encrypted);
    ColumnEncryptionProperties ofColumn =
        ColumnEncryptionProperties.builder(column).withKey(key).build();
    FileEncryptionProperties encryption =
        FileEncryptionProperties.builder(key)
            .withPlaintextFooter()
            .withEncryptedColumns(Map.of(column, ofColumn))
            .build();
    write(file, columns, rows, encryption);
  }

  private static void write(
      Path file,
      String columns,
      List<Map<String, Object>> rows,
      FileEncryptionProperties encryption)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message odd { " + columns + " }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withEncryption(encryption)
            .build()) {
      for (Map<String, Object> row : rows) {
        Group group = new SimpleGroup(schema);
        row.forEach((name, value) -> add(group, name, value));
        writer.write(group);
      }
    }
  }

  private static void add(Group group, String name, Object value) {
    if (value instanceof byte[] bytes) {
      group.add(name, Binary.fromConstantByteArray(bytes));
    } else if (value instanceof Long number) {
      group.add(name, number);
    } else if (value instanceof Double number) {
      group.add(name, number);
    } else if (value instanceof Boolean flag) {
      group.add(name, flag);
    } else {
      group.add(name, (String) value);
    }
  }
}
