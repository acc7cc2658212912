package io.superneurons.jobs.run;

import io.superneurons.jobs.manifest.ImageVersion;
import io.superneurons.jobs.manifest.TaskQuestions;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a stage asks of the rows of its input.
 *
 * @param chosen says of rows which are for this run, and of which tasks they are
 * @param questions those of tasks, others than which are counted
 * @param version what tells images from what they were; null where that is not asked for
 */
public record AskedRows(
    UnaryOperator<Dataset<Row>> chosen, TaskQuestions questions, ImageVersion version) {
  public AskedRows {
    Objects.requireNonNull(chosen, "chosen");
    Objects.requireNonNull(questions, "questions");
  }

  /** All rows, as they are. */
  public static AskedRows all() {
    return new AskedRows(UnaryOperator.identity(), TaskQuestions.NONE, null);
  }
}
