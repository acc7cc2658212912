package io.superneurons.jobs.parquet;

import java.util.List;
import java.util.Objects;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The name and the columns of a table.
 *
 * @param type how Parquet describes them
 */
public record TableSchema(MessageType type) {
  public TableSchema {
    Objects.requireNonNull(type, "type");
  }

  /** The name of the table, and of its folder. */
  public String name() {
    return type.getName();
  }

  /** Names of the columns, in their order. */
  public List<String> columns() {
    return type.getFields().stream().map(Type::getName).toList();
  }
}
