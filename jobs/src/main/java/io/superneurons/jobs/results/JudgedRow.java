package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a task's Super Neurons say of one of its labelled rows: a row of the table {@code rows}.
 *
 * @param task the task
 * @param set which of its sets the row is of
 * @param id of the row
 * @param image as the manifest has it; empty where the activations do not say
 * @param question empty likewise
 * @param label the truth
 * @param prediction the label with the most votes; empty where no neuron voted
 * @param votes weight of the votes for each label
 * @param margin of the votes
 * @param probability how likely the prediction is right; empty where there is none
 */
public record JudgedRow(
    String task,
    String set,
    String id,
    Optional<String> image,
    Optional<String> question,
    String label,
    Optional<String> prediction,
    Map<String, Double> votes,
    double margin,
    OptionalDouble probability) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "set", "id", "image", "question", "label", "prediction")
          .maps("votes")
          .numbers("margin", "probability")
          .named("rows");

  public JudgedRow {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(label, "label");
  }

  /** Whether it got the label that it came with. */
  public boolean isRight() {
    return prediction.filter(label::equals).isPresent();
  }

  /** Reads a row of the table. */
  public static JudgedRow of(TableRow row) {
    return new JudgedRow(
        row.text("task"),
        row.text("set"),
        row.text("id"),
        row.textIfAny("image"),
        row.textIfAny("question"),
        row.text("label"),
        row.textIfAny("prediction"),
        row.numbers("votes"),
        row.number("margin"),
        row.numberIfAny("probability"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      task,
      set,
      id,
      image.orElse(null),
      question.orElse(null),
      label,
      prediction.orElse(null),
      votes,
      margin,
      probability.isPresent() ? probability.getAsDouble() : null
    };
  }
}
