package io.superneurons.jobs.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Writes Parquet rows. Vectors get no dictionary, no statistics and no compression: they look like
 * noise to all three, and a reader of one column wants its bytes as they are.
 */
public final class ParquetRows {
  private ParquetRows() {}

  /** Columns: strings first, then vectors; any value may be null. */
  public static MessageType schema(String name, List<String> strings, List<String> vectors) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (String column : strings) {
      builder
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(column);
    }
    for (String column : vectors) {
      builder.optional(PrimitiveTypeName.BINARY).named(column);
    }
    return builder.named(name);
  }

  /** Opens a new file; rows are arrays of String and byte[] in the schema's order. */
  public static ParquetWriter<Object[]> open(Configuration conf, Path file, MessageType schema)
      throws IOException {
    return open(conf, file, schema, Map::of);
  }

  /**
   * Opens a new file.
   *
   * @param footer what the file's footer is to say; asked for when the file is closed
   */
  public static ParquetWriter<Object[]> open(
      Configuration conf, Path file, MessageType schema, Supplier<Map<String, String>> footer)
      throws IOException {
    Builder builder =
        builder(conf, file, schema, footer).withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
    for (Type column : schema.getFields()) {
      if (isVector(column)) {
        builder.withStatisticsEnabled(column.getName(), false);
        builder.withSizeStatisticsEnabled(column.getName(), false);
      } else if (column.isPrimitive()) {
        builder.withDictionaryEncoding(column.getName(), true);
      }
    }
    return builder.build();
  }

  /** The same for a table, whose columns repeat themselves: with dictionaries and compression. */
  public static ParquetWriter<Object[]> openTable(Configuration conf, Path file, TableSchema schema)
      throws IOException {
    return builder(conf, file, schema.type(), Map::of)
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .withDictionaryEncoding(true)
        .build();
  }

  private static Builder builder(
      Configuration conf, Path file, MessageType schema, Supplier<Map<String, String>> footer)
      throws IOException {
    return new Builder(HadoopOutputFile.fromPath(file, conf), schema, footer)
        .withConf(conf)
        .withDictionaryEncoding(false);
  }

  private static boolean isVector(Type column) {
    return column.isPrimitive()
        && column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && column.getLogicalTypeAnnotation() == null;
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final MessageType schema;
    private final Supplier<Map<String, String>> footer;

    Builder(HadoopOutputFile file, MessageType schema, Supplier<Map<String, String>> footer) {
      super(file);
      this.schema = schema;
      this.footer = footer;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration conf) {
      return new RowSupport(schema, footer);
    }

    /** Still abstract in Parquet, which calls the one above. */
    @Override
    @Deprecated
    protected WriteSupport<Object[]> getWriteSupport(Configuration conf) {
      return new RowSupport(schema, footer);
    }
  }

  private static final class RowSupport extends WriteSupport<Object[]> {
    private final MessageType schema;
    private final Supplier<Map<String, String>> footer;
    private RecordConsumer consumer;

    RowSupport(MessageType schema, Supplier<Map<String, String>> footer) {
      this.schema = schema;
      this.footer = footer;
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
      return new FinalizedWriteContext(footer.get());
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return new WriteContext(schema, Map.of());
    }

    /** Still abstract in Parquet, which calls the one above. */
    @Override
    @Deprecated
    public WriteContext init(Configuration conf) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    /**
     * Values are String, byte[], Double, Integer, Boolean, double[], a map to Double, or a list of
     * arrays of the simple ones.
     */
    @Override
    public void write(Object[] row) {
      consumer.startMessage();
      for (int i = 0; i < row.length; i++) {
        if (row[i] != null) {
          String name = schema.getFieldName(i);
          consumer.startField(name, i);
          add(row[i], schema.getType(i));
          consumer.endField(name, i);
        }
      }
      consumer.endMessage();
    }

    private void add(Object value, Type type) {
      if (value instanceof List<?> list) {
        addList(list, type.asGroupType().getType(0).asGroupType());
      } else {
        add(value);
      }
    }

    /** Parquet's standard shape: a group of repeated groups of one element. */
    private void addList(List<?> list, GroupType repeated) {
      GroupType element = repeated.getType(0).asGroupType();
      consumer.startGroup();
      if (!list.isEmpty()) {
        consumer.startField(repeated.getName(), 0);
        for (Object values : list) {
          consumer.startGroup();
          consumer.startField(element.getName(), 0);
          addElement((Object[]) values, element);
          consumer.endField(element.getName(), 0);
          consumer.endGroup();
        }
        consumer.endField(repeated.getName(), 0);
      }
      consumer.endGroup();
    }

    private void addElement(Object[] values, GroupType element) {
      consumer.startGroup();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          consumer.startField(element.getFieldName(i), i);
          add(values[i]);
          consumer.endField(element.getFieldName(i), i);
        }
      }
      consumer.endGroup();
    }

    private void add(Object value) {
      if (value instanceof byte[] bytes) {
        consumer.addBinary(Binary.fromConstantByteArray(bytes));
      } else if (value instanceof Double number) {
        consumer.addDouble(number);
      } else if (value instanceof Integer number) {
        consumer.addInteger(number);
      } else if (value instanceof Boolean flag) {
        consumer.addBoolean(flag);
      } else if (value instanceof double[] numbers) {
        addList(numbers);
      } else if (value instanceof Map<?, ?> map) {
        addMap(map);
      } else {
        consumer.addBinary(Binary.fromString((String) value));
      }
    }

    /** Parquet's standard shape: a group of repeated groups of an element. */
    private void addList(double[] numbers) {
      consumer.startGroup();
      if (numbers.length > 0) {
        consumer.startField("list", 0);
        for (double number : numbers) {
          consumer.startGroup();
          consumer.startField("element", 0);
          consumer.addDouble(number);
          consumer.endField("element", 0);
          consumer.endGroup();
        }
        consumer.endField("list", 0);
      }
      consumer.endGroup();
    }

    /** Parquet's standard shape: a group of repeated groups of key and value. */
    private void addMap(Map<?, ?> map) {
      consumer.startGroup();
      if (!map.isEmpty()) {
        consumer.startField("key_value", 0);
        map.forEach(this::addEntry);
        consumer.endField("key_value", 0);
      }
      consumer.endGroup();
    }

    private void addEntry(Object key, Object value) {
      consumer.startGroup();
      consumer.startField("key", 0);
      add(key);
      consumer.endField("key", 0);
      consumer.startField("value", 1);
      add(value);
      consumer.endField("value", 1);
      consumer.endGroup();
    }
  }
}
