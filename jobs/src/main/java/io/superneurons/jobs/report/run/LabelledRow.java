package io.superneurons.jobs.report.run;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of predictions, as far as a page shows it.
 *
 * @param id of the row
 * @param task of the row
 * @param image as the input names it
 * @param prediction empty where the row is undecided or failed
 * @param margin of the votes; empty where the row failed
 * @param probability of the prediction; empty where it is not known
 * @param error what went wrong; empty where nothing did
 */
public record LabelledRow(
    String id,
    String task,
    Optional<String> image,
    Optional<String> prediction,
    OptionalDouble margin,
    OptionalDouble probability,
    Optional<String> error) {
  /** Those without a label come first, then those whose votes were closest. */
  static final Comparator<LabelledRow> LEAST_SURE_FIRST =
      Comparator.comparing((LabelledRow row) -> row.prediction().isPresent())
          .thenComparingDouble(row -> row.margin().orElse(0))
          .thenComparing(LabelledRow::id);

  public LabelledRow {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(task, "task");
  }
}
