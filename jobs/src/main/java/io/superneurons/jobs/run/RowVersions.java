package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.input.ManifestRow;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Versions of rows, by which a row is told from rows that have its id in other runs: a digest of
 * its image, question, task, split and label, as the input has them. The image counts by its
 * version where that is known, with its path where that is of the file, since two files may have
 * one length and time; else by its content where the input holds that, else by its path.
 */
final class RowVersions {
  /** Its column in the manifest and in the files of rows. */
  static final String COLUMN = ManifestRow.ROW_VERSION;

  /** Begins the versions of images that say nothing of their content. */
  private static final String OF_FILE = "file:";

  private static final int SHA_256 = 256;
  private static final int HEX_DIGITS = 32;

  private RowVersions() {}

  /** Rows with their versions. */
  static Dataset<Row> added(Dataset<Row> rows) {
    Column path = when(col(ManifestRow.VERSION).startsWith(OF_FILE), col(ManifestRow.IMAGE));
    return rows.withColumn(COLUMN, digest(path));
  }

  /** Whether a version is the row's, or the one that earlier versions gave it, without paths. */
  static Column isOfRow(Column version) {
    return col(COLUMN).equalTo(version).or(digest(lit(null).cast("string")).equalTo(version));
  }

  /**
   * The digest of a row.
   *
   * @param path of its image, where that counts beside its version; null elsewhere
   */
  private static Column digest(Column path) {
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
                col(ManifestRow.LABEL),
                path.as("path")),
            Map.of("ignoreNullFields", "true"));
    return substring(sha2(told.cast("binary"), SHA_256), 1, HEX_DIGITS);
  }
}
