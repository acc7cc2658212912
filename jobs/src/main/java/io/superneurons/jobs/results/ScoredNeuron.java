package io.superneurons.jobs.results;

import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a neuron is worth on a task, by the rule that was chosen for it: a row of the table {@code
 * scores}. Numbers that are not known are NaN here and null in the table.
 *
 * @param task the task
 * @param neuron which neuron
 * @param rule name of the rule
 * @param label what the neuron detects, where the rule is about one label
 * @param polarity 1 or -1; none where the neuron cannot be selected
 * @param thresholds of the fitted rule; empty where there are none
 * @param means of the values of each label's probing rows
 * @param probingScore the metric on the probing rows
 * @param auc of the values on the probing rows
 * @param validation the metric on rows that did not rank the neuron
 * @param pValue how likely luck orders the values by label as well, on the rows that the rule is
 *     fitted on in the end
 * @param qValue the false discovery rate among all neurons that were tried
 * @param selected whether it is one of the task's Super Neurons
 */
public record ScoredNeuron(
    String task,
    Neuron neuron,
    String rule,
    Optional<String> label,
    OptionalInt polarity,
    double[] thresholds,
    double[] means,
    double probingScore,
    double auc,
    double validation,
    double pValue,
    double qValue,
    boolean selected) {
  /** Column of the thresholds, a list. */
  public static final String THRESHOLDS = "thresholds";

  /** Column of the class means, a list. */
  public static final String MEANS = "means";

  /** Column of the area under the curve; folders of earlier versions have none. */
  public static final String AUC = "auc";

  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task")
          .integers("layer")
          .strings("site")
          .integers("index")
          .strings("rule", "label")
          .integers("polarity")
          .lists(THRESHOLDS, MEANS)
          .numbers("probe", AUC, "validation", "p_value", "q_value")
          .flags("selected")
          .named("scores");

  public ScoredNeuron {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(neuron, "neuron");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(polarity, "polarity");
    Objects.requireNonNull(thresholds, "thresholds");
    Objects.requireNonNull(means, "means");
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      task,
      neuron.layer(),
      neuron.site().label(),
      neuron.index(),
      rule,
      label.orElse(null),
      polarity.isPresent() ? polarity.getAsInt() : null,
      thresholds,
      means,
      known(probingScore),
      known(auc),
      known(validation),
      known(pValue),
      known(qValue),
      selected
    };
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /**
   * The few columns that reports read of every row. Numbers that are not known are NaN.
   *
   * @param task the task
   * @param neuron which neuron
   * @param probingScore see {@link ScoredNeuron}
   * @param validation see {@link ScoredNeuron}
   * @param qValue see {@link ScoredNeuron}
   */
  public record Summary(
      String task, Neuron neuron, double probingScore, double validation, double qValue) {
    /** The columns that are read. */
    public static final List<String> COLUMNS =
        List.of("task", "layer", "site", "index", "probe", "validation", "q_value");

    public Summary {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(neuron, "neuron");
    }

    /** Reads a row of the table, of which these columns suffice. */
    public static Summary of(TableRow row) {
      return new Summary(
          row.text("task"),
          new Neuron(row.integer("layer"), Site.of(row.text("site")), row.integer("index")),
          row.numberIfAny("probe").orElse(Double.NaN),
          row.numberIfAny("validation").orElse(Double.NaN),
          row.numberIfAny("q_value").orElse(Double.NaN));
    }
  }
}
