package io.superneurons.jobs.wave;

import io.superneurons.jobs.parquet.ParquetRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a result's values on their way between tasks, whatever serializer Spark has. Values
 * are those that {@link ParquetRows} writes.
 */
public final class ResultBytes {
  private ResultBytes() {}

  private enum Tag {
    NULL,
    STRING,
    BYTES,
    DOUBLE,
    INTEGER,
    WEIGHTS,
    LIST
  }

  private static final Tag[] TAGS = Tag.values();

  public static byte[] encode(Object[] values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(values.length);
      for (Object value : values) {
        write(out, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value == null) {
      out.writeByte(Tag.NULL.ordinal());
    } else if (value instanceof String text) {
      out.writeByte(Tag.STRING.ordinal());
      writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] vector) {
      out.writeByte(Tag.BYTES.ordinal());
      writeBytes(out, vector);
    } else if (value instanceof Double number) {
      out.writeByte(Tag.DOUBLE.ordinal());
      out.writeDouble(number);
    } else if (value instanceof Integer number) {
      out.writeByte(Tag.INTEGER.ordinal());
      out.writeInt(number);
    } else if (value instanceof Map<?, ?> weights) {
      out.writeByte(Tag.WEIGHTS.ordinal());
      out.writeInt(weights.size());
      for (Map.Entry<?, ?> entry : weights.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } else if (value instanceof List<?> list) {
      out.writeByte(Tag.LIST.ordinal());
      out.writeInt(list.size());
      for (Object values : list) {
        writeBytes(out, encode((Object[]) values));
      }
    } else {
      throw new IllegalArgumentException("No value of a result: " + value.getClass());
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Object[] decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Object[] values = new Object[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = read(in);
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object read(DataInputStream in) throws IOException {
    return switch (TAGS[in.readByte()]) {
      case NULL -> null;
      case STRING -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      case BYTES -> in.readNBytes(in.readInt());
      case DOUBLE -> in.readDouble();
      case INTEGER -> in.readInt();
      case WEIGHTS -> readWeights(in);
      case LIST -> readList(in);
    };
  }

  private static List<Object[]> readList(DataInputStream in) throws IOException {
    List<Object[]> list = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      list.add(decode(in.readNBytes(in.readInt())));
    }
    return list;
  }

  private static Map<Object, Object> readWeights(DataInputStream in) throws IOException {
    Map<Object, Object> weights = new LinkedHashMap<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      weights.put(read(in), read(in));
    }
    return weights;
  }
}
