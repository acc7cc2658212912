package io.superneurons.jobs.shard;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.Utf8;
import io.superneurons.jobs.parquet.RowWindows;
import io.superneurons.jobs.parquet.TableText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The Parquet file that img2dataset writes beside a tar: what is known of each sample, by its key.
 * Only columns that may hold a field are read.
 */
final class KeyTable {
  private static final String KEY = "key";

  private final Map<String, Map<String, String>> rows = new HashMap<>();

  private KeyTable() {}

  /** None. */
  static KeyTable empty() {
    return new KeyTable();
  }

  /** Reads the file. */
  static KeyTable read(Configuration conf, String file, FieldColumns columns) throws IOException {
    KeyTable table = new KeyTable();
    try (RowWindows rows =
        RowWindows.open(conf, new Path(file), schema -> used(file, schema, columns))) {
      for (Group row = rows.next(); row != null; row = rows.next()) {
        table.add(row);
      }
    }
    return table;
  }

  private static MessageType used(String file, MessageType schema, FieldColumns columns) {
    if (!schema.containsField(KEY)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s lies beside a tar of its name and has no column key, by which img2dataset's"
                  + " tables are joined; move it elsewhere",
              file));
    }
    List<String> all = schema.getFields().stream().map(Type::getName).toList();
    Set<String> wanted = columns.among(all).stream().collect(Collectors.toSet());
    wanted.add(KEY);
    List<Type> used =
        schema.getFields().stream()
            .filter(column -> wanted.contains(column.getName()) && TableText.isText(column))
            .toList();
    return new MessageType(schema.getName(), used);
  }

  private void add(Group row) {
    Map<String, String> fields = new HashMap<>();
    for (Type column : row.getType().getFields()) {
      String name = column.getName();
      if (row.getFieldRepetitionCount(name) > 0) {
        fields.put(
            name,
            TableText.isEncoded(column)
                ? Utf8.decode(row.getBinary(name, 0).getBytes())
                : TableText.of(row, name));
      }
    }
    rows.put(fields.remove(KEY), fields);
  }

  /** The fields of a sample; none where the table lacks it. */
  Map<String, String> row(String key) {
    return rows.getOrDefault(key, Map.of());
  }
}
