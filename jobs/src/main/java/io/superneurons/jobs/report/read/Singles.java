package io.superneurons.jobs.report.read;

import io.superneurons.jobs.report.neuron.CardRow;
import io.superneurons.jobs.report.rows.RowsOfSet;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a task's single rows.
 *
 * @param set the rows' set, one that chose nothing where there is any
 * @param rows what became of them
 * @param values what the best neurons' values are on them; empty where no activations were given
 */
public record Singles(String set, RowsOfSet rows, List<CardRow> values) {
  public Singles {
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(rows, "rows");
    values = List.copyOf(values);
  }
}
