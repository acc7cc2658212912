package io.superneurons.jobs.select.size;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.select.rows.ActivationRows;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Refuses sizes of images that are not of the same rows: their scores would not compare. */
final class SameRows {
  private static final List<String> COMPARED =
      List.of("label", "split", "question", ActivationRows.IDENTITY);

  private static final String THERE = "there";
  private static final String OTHER = "other_";

  private SameRows() {}

  /**
   * Compares the rows of two sizes by task and id: those with labels, or all where labels stand
   * beside the activations.
   *
   * @throws ConfigurationException that counts what differs
   */
  static void require(SparkSession spark, SelectSettings first, SelectSettings other) {
    spark.sparkContext().setJobDescription("select: compare the rows of sizes of images");
    Dataset<Row> left = rows(spark, first);
    Dataset<Row> right = rows(spark, other);
    for (String name : right.columns()) {
      right = right.withColumnRenamed(name, OTHER + name);
    }
    Dataset<Row> joined =
        left.join(
            right,
            col("task").equalTo(col(OTHER + "task")).and(col("id").equalTo(col(OTHER + "id"))),
            "full_outer");
    Column gone = col(OTHER + THERE).isNull();
    Column more = col(THERE).isNull();
    Column differs = lit(false);
    for (String name : COMPARED) {
      differs = differs.or(differs(name));
    }
    Row counts =
        joined
            .agg(
                counted(gone),
                counted(more),
                counted(differs("label")),
                counted(differs("split")),
                counted(differs("question")),
                counted(differs(ActivationRows.IDENTITY)),
                min(when(gone.or(more).or(differs), coalesce(col("id"), col(OTHER + "id")))))
            .head();
    if (!counts.isNullAt(6)) {
      throw refusal(first, other, counts);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, SelectSettings settings) {
    Dataset<Row> all =
        new ActivationRows(spark, List.of(), Map.of("id", ""))
            .of(settings.activations())
            .select("id", "task", "split", "label", "question", ActivationRows.IDENTITY)
            .withColumn(THERE, lit(true));
    Dataset<Row> asked =
        settings.tasks().isEmpty() ? all : all.where(col("task").isin(settings.tasks().toArray()));
    return settings.labels().isPresent() ? asked : asked.where(col("label").isNotNull());
  }

  /** Whether a row of both has another value here than there. */
  private static Column differs(String name) {
    return col(THERE)
        .isNotNull()
        .and(col(OTHER + THERE).isNotNull())
        .and(not(col(name).eqNullSafe(col(OTHER + name))));
  }

  private static Column counted(Column which) {
    return count(when(which, lit(1)));
  }

  private static ConfigurationException refusal(
      SelectSettings first, SelectSettings other, Row counts) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s has images of another size than %s, and other rows: %s not there, %d more, %d with"
                + " another label, %d with another split, %d with another question, %d with another"
                + " image; the first is '%s'. Sizes are compared on the same rows: extract the same"
                + " manifest with each --max-pixels or --max-tiles (rows that failed are in _errors),"
                + " or select separately",
            String.join(",", other.activations()),
            String.join(",", first.activations()),
            Plural.text(counts.getLong(0), "row"),
            counts.getLong(1),
            counts.getLong(2),
            counts.getLong(3),
            counts.getLong(4),
            counts.getLong(5),
            counts.getString(6)));
  }
}
