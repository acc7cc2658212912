package io.superneurons.jobs.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.input.ManifestRow;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows on one image become rows on its first place in the input, so that they are run together and
 * an embedded image is read once; and each image is looked at once for what tells it from what it
 * was.
 */
final class SharedImages {
  /** Position of the first row of the input that is about the row's image. */
  static final String IMAGE_POSITION = "image_position";

  /** Whether the row is that one. */
  static final String IS_FIRST = "is_first_of_image";

  private static final String KEY = "image_key";

  private final ImageVersion version;
  private final int positionAt;
  private final StructType schema;
  private Row first;
  private String key;
  private Object firstVersion;

  private SharedImages(ImageVersion version, StructType schema) {
    this.version = version;
    this.schema = schema;
    this.positionAt = schema.fieldIndex(Manifest.POSITION);
  }

  /**
   * The rows with their images' positions and versions.
   *
   * @param rows of {@link Manifest#ROWS} and {@link Manifest#SKIPPED}
   * @param version what tells an image from what it was; null if nobody asks
   * @param partitions Spark tasks that do it
   */
  static Dataset<Row> added(Dataset<Row> rows, ImageVersion version, int partitions) {
    StructType before = rows.schema();
    Column image = coalesce(col(ManifestRow.EMBEDDED), col(ManifestRow.LOCATION));
    StructType after =
        before.add(IMAGE_POSITION, DataTypes.LongType).add(IS_FIRST, DataTypes.BooleanType);
    return rows.withColumn(KEY, when(col(Manifest.SKIPPED), null).otherwise(image))
        .repartition(partitions, coalesce(col(KEY), col(ManifestRow.ID)))
        .sortWithinPartitions(KEY, Manifest.POSITION, ManifestRow.ID)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                part -> new SharedImages(version, before).of(part, before.length()),
            Encoders.row(after));
  }

  private Iterator<Row> of(Iterator<Row> rows, int keyAt) {
    return new MappedRows(rows, row -> of(row, row.isNullAt(keyAt) ? null : row.getString(keyAt)));
  }

  private Row of(Row row, String image) {
    boolean isFirst = image == null || !image.equals(key);
    if (isFirst) {
      first = row;
      key = image;
      firstVersion = image == null || version == null ? null : version(row);
    }
    Object[] values = new Object[schema.length() + 2];
    for (int i = 0; i < schema.length(); i++) {
      values[i] = row.get(i);
    }
    copy(ManifestRow.EMBEDDED_PART, values);
    copy(ManifestRow.EMBEDDED_AT, values);
    copy(Manifest.CUT, values);
    values[schema.fieldIndex(ManifestRow.VERSION)] = firstVersion;
    values[schema.length()] = first.getLong(positionAt);
    values[schema.length() + 1] = isFirst && image != null;
    return RowFactory.create(values);
  }

  private void copy(String column, Object[] values) {
    int at = schema.fieldIndex(column);
    values[at] = first.get(at);
  }

  private String version(Row row) {
    String embedded = row.getAs(ManifestRow.EMBEDDED);
    return embedded == null ? version.of(row.getAs(ManifestRow.LOCATION)) : "sha256:" + embedded;
  }
}
