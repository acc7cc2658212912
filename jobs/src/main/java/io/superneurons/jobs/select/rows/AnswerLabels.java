package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model's own answers as labels: in lower case, without spaces and full stops around. An answer
 * that few rows of a task have is none. The label that a row was given takes the answer's place, to
 * compare with.
 */
final class AnswerLabels {
  /** Of a task's rows with an answer, at least this share have the same. */
  private static final double LEAST_SHARE = 0.02;

  private static final int LEAST_ROWS = 5;
  private static final String BETWEEN = "\u0000";

  private final Set<String> kept = new HashSet<>(); // task and answer

  /** Puts the answer in place of the label, and the label in that of the answer. */
  static Dataset<Row> exchanged(Dataset<Row> rows) {
    return rows.withColumn("given", col("label"))
        .withColumn("label", trim(regexp_replace(lower(col("answer")), "^[\\s.]+|[\\s.!]+$", "")))
        .withColumn("answer", col("given"))
        .where("label <> ''")
        .drop("given");
  }

  /**
   * Counts the answers of the rows that are selected from.
   *
   * @param rows whose labels are answers already
   * @throws ConfigurationException if none is frequent
   */
  void count(Dataset<Row> rows) {
    List<Row> counts = rows.groupBy("task", "label").count().collectAsList();
    Map<String, Long> ofTask = new HashMap<>();
    counts.forEach(row -> ofTask.merge(row.getString(0), row.getLong(2), Long::sum));
    for (Row row : counts) {
      double least = Math.max(LEAST_ROWS, LEAST_SHARE * ofTask.get(row.getString(0)));
      if (row.getLong(2) >= least) {
        kept.add(row.getString(0) + BETWEEN + row.getString(1));
      }
    }
    if (kept.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--labels-from answer: no answer of the model is shared by %d rows of a task; extract"
                  + " more rows with --answer, or label them",
              LEAST_ROWS));
    }
  }

  /** The rows whose answer is frequent enough. */
  Dataset<Row> frequent(Dataset<Row> rows) {
    return rows.where(concat_ws(BETWEEN, col("task"), col("label")).isin(kept.toArray()));
  }
}
