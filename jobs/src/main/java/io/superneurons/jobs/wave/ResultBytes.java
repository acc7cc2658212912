package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
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
 * A result without its key as bytes, for the way from one Spark task to another: its kind, the kind
 * of its error if it has one, and its values, which are those that {@link ParquetRows} writes.
 */
final class ResultBytes {
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
  private static final Result.Kind[] KINDS = Result.Kind.values();
  private static final ErrorKind[] ERRORS = ErrorKind.values();

  static byte[] encode(Result result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(result.kind().ordinal());
      if (result.error() != null) {
        out.writeByte(result.error().ordinal());
      }
      writeValues(out, result.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void writeValues(DataOutputStream out, Object[] values) throws IOException {
    out.writeInt(values.length);
    for (Object value : values) {
      write(out, value);
    }
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
        writeValues(out, (Object[]) values);
      }
    } else {
      throw new IllegalArgumentException("A result cannot hold a value of " + value.getClass());
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Result decode(long key, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Result.Kind kind = KINDS[in.readByte()];
      ErrorKind error = kind == Result.Kind.FAILED ? ERRORS[in.readByte()] : null;
      return new Result(key, kind, error, readValues(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object[] readValues(DataInputStream in) throws IOException {
    Object[] values = new Object[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in);
    }
    return values;
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
      list.add(readValues(in));
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
