package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.EmbeddedImage;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of some parts of the input with their places, and after those of each part a row without
 * an id, whose number is how many lines the part has.
 */
final class PlacedRows implements Iterator<Row> {
  /** Index of a row's part. */
  static final String PART = "part";

  /** How many rows of the part are before it. */
  static final String INDEX = "part_row";

  /** Number of the line or row, as far as the part knows. */
  static final String NUMBER = "number";

  /** How many rows before it have to be in one piece with it. */
  static final String JOINED = "joined";

  static final StructType SCHEMA =
      ManifestRow.SCHEMA
          .add(PART, DataTypes.IntegerType)
          .add(INDEX, DataTypes.LongType)
          .add(NUMBER, DataTypes.LongType)
          .add(JOINED, DataTypes.LongType);

  private static final int OWN_COLUMNS = 4;

  private final Configuration conf;
  private final RowParser parser;
  private final List<InputPart> parts;
  private final long most;
  private final InputBytes bytes = new InputBytes();
  private int part;
  private final int end;
  private PartRows open;
  private long index;

  /**
   * @param first index of the first part
   * @param end index after the last
   * @param most rows of each part that are wanted
   */
  PlacedRows(
      Configuration conf, RowParser parser, List<InputPart> parts, int first, int end, long most) {
    this.conf = conf;
    this.parser = parser;
    this.parts = parts;
    this.most = most;
    this.part = first;
    this.end = end;
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> end());
  }

  @Override
  public boolean hasNext() {
    return part < end;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      if (open == null) {
        open = parts.get(part).rows(conf, parser, most);
        index = 0;
      }
      ManifestRow row = open.next();
      if (row != null) {
        return placed(withPlace(row).toRow(), index++, open.number(), joined(row));
      }
      Row last = placed(RowFactory.create(), index, open.lines(), 0);
      close();
      part++;
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private long joined(ManifestRow row) throws IOException {
    return row.embedded() == null ? 0 : open.joined();
  }

  private ManifestRow withPlace(ManifestRow row) {
    return row.embedded() == null
        ? row
        : row.withEmbedded(new EmbeddedImage(row.embedded().sha256(), part, open.at(), null));
  }

  private Row placed(Row row, long rowIndex, long number, long joined) {
    Object[] values = new Object[SCHEMA.length()];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    values[values.length - OWN_COLUMNS] = part;
    values[values.length - OWN_COLUMNS + 1] = rowIndex;
    values[values.length - OWN_COLUMNS + 2] = number;
    values[values.length - OWN_COLUMNS + 3] = joined;
    return RowFactory.create(values);
  }

  private void end() {
    close();
    bytes.report();
  }

  private void close() {
    try {
      if (open != null) {
        open.close();
        open = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
