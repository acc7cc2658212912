package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;

import io.superneurons.jobs.input.ManifestRow;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Versions of rows, by which a row is told from rows that have its id in other runs: a digest of
 * its image, question, task, split and label, as the input has them. The image counts by its
 * version where that is known, else by its content where the input holds that, else by its path.
 */
final class RowVersions {
  /** Its column in the manifest and in the files of rows. */
  static final String COLUMN = ManifestRow.ROW_VERSION;

  private static final int SHA_256 = 256;
  private static final int HEX_DIGITS = 32;

  private RowVersions() {}

  /** Rows with their versions. */
  static Dataset<Row> added(Dataset<Row> rows) {
    Column image =
        coalesce(col(ManifestRow.VERSION), col(ManifestRow.EMBEDDED), col(ManifestRow.IMAGE))
            .as("image");
    // As JSON, since names keep fields apart that are not there.
    Column told =
        to_json(
            struct(
                image,
                col(ManifestRow.QUESTION),
                col(ManifestRow.TASK),
                col(ManifestRow.SPLIT),
                col(ManifestRow.LABEL)),
            Map.of("ignoreNullFields", "true"));
    return rows.withColumn(COLUMN, substring(sha2(told.cast("binary"), SHA_256), 1, HEX_DIGITS));
  }
}
