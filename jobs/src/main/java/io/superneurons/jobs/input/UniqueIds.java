package io.superneurons.jobs.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Makes ids unique. */
final class UniqueIds {
  private static final String ID = "id";
  private static final String REPEATED = "repeated_id";
  private static final String FIRST = "first_place";

  private UniqueIds() {}

  /**
   * Rows with ids of their own: of those that share an id the first, by file and number, keeps it;
   * each later one becomes an error row that names both places, with its own place in its id.
   *
   * @param rows with their places
   */
  static Dataset<Row> unique(Dataset<Row> rows) {
    Dataset<Row> repeated =
        rows.groupBy(ID)
            .agg(
                count(lit(1)).as("times"),
                min(struct(col(Place.FILE), col(Place.NUMBER), col(Place.TEXT))).as(FIRST))
            .where("times > 1")
            .select(col(ID).as(REPEATED), col(FIRST))
            .persist(StorageLevel.MEMORY_AND_DISK());
    if (repeated.isEmpty()) {
      repeated.unpersist();
      return rows;
    }
    Column later =
        col(REPEATED)
            .isNotNull()
            .and(
                col(Place.FILE)
                    .notEqual(first(Place.FILE))
                    .or(col(Place.NUMBER).notEqual(first(Place.NUMBER))));
    Column problem =
        concat(
            lit("Id "),
            col(ID),
            lit(" is that of "),
            first(Place.TEXT),
            lit(" already; give each row its own, or take the row out ("),
            col(Place.TEXT),
            lit(")"));
    Column id = concat(col(ID), lit("@"), col(Place.FILE), lit(":"), col(Place.NUMBER));
    return rows.join(repeated, col(ID).equalTo(col(REPEATED)), "left")
        .withColumn("later", later)
        .withColumn(
            "problem_kind",
            when(col("later"), coalesce(col("problem_kind"), lit(ErrorKind.BAD_ROW.name())))
                .otherwise(col("problem_kind")))
        .withColumn(
            "problem",
            when(col("later"), coalesce(col("problem"), problem)).otherwise(col("problem")))
        .withColumn(ID, when(col("later"), id).otherwise(col(ID)));
  }

  private static Column first(String column) {
    return col(FIRST).getField(column);
  }
}
