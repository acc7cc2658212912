package io.superneurons.jobs.results;

import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;

/**
 * What a neuron that serves several tasks is to one of them, a row of the table {@code
 * shared_neurons}: it is among the task's best neurons by the rule that was chosen, whatever the
 * exit layer.
 *
 * @param neuron which neuron
 * @param task one of its tasks
 * @param rank place among the task's best, from 1
 * @param selected whether it is one of the task's Super Neurons
 * @param polarity of its rule
 * @param probingScore its score on the probing rows
 */
public record SharedNeuron(
    Neuron neuron, String task, int rank, boolean selected, int polarity, double probingScore) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .integers("layer")
          .strings("site")
          .integers("index")
          .strings("task")
          .integers("rank")
          .flags("selected")
          .integers("polarity")
          .numbers("probe")
          .named("shared_neurons");

  public SharedNeuron {
    Objects.requireNonNull(neuron, "neuron");
    Objects.requireNonNull(task, "task");
    if (rank < 1) {
      throw new IllegalArgumentException("ranks begin at 1, so it cannot be " + rank);
    }
  }

  /** Reads a row of the table. */
  public static SharedNeuron of(TableRow row) {
    return new SharedNeuron(
        new Neuron(row.integer("layer"), Site.of(row.text("site")), row.integer("index")),
        row.text("task"),
        row.integer("rank"),
        row.flag("selected"),
        row.integer("polarity"),
        row.number("probe"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      neuron.layer(),
      neuron.site().label(),
      neuron.index(),
      task,
      rank,
      selected,
      polarity,
      probingScore
    };
  }
}
