package io.superneurons.jobs.input;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a row of the input stands; rows of one input are ordered by file and number.
 *
 * @param file with its file system
 * @param unit {@code line} or {@code row}
 * @param number of the line or row, from 1
 */
record Place(String file, String unit, long number) {
  static final String FILE = "place_file";
  static final String NUMBER = "place_number";
  static final String TEXT = "place";
  static final List<String> COLUMNS = List.of(FILE, NUMBER, TEXT);

  /** Rows with their places. */
  static final StructType PLACED_ROWS =
      ManifestRow.SCHEMA
          .add(FILE, DataTypes.StringType)
          .add(NUMBER, DataTypes.LongType)
          .add(TEXT, DataTypes.StringType);

  /** A row that stands here. */
  Row row(ManifestRow row) {
    Object[] values = new Object[PLACED_ROWS.length()];
    Row unplaced = row.toRow();
    for (int i = 0; i < unplaced.length(); i++) {
      values[i] = unplaced.get(i);
    }
    values[values.length - 3] = file;
    values[values.length - 2] = number;
    values[values.length - 1] = toString();
    return RowFactory.create(values);
  }

  /** For messages. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %d of %s", unit, number, file);
  }
}
