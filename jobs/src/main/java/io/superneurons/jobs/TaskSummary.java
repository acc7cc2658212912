package io.superneurons.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.neuron.TaskProfile;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What label did with the rows of one task.
 *
 * @param task its name
 * @param rows done
 * @param labels rows by the label that they got
 * @param probingLabels probing rows by their label; null if that is not known
 * @param exits how rows were decided
 * @param drift of its Super Neurons; null if it is not known what they did on the probing rows
 * @param labelledRows rows that came with a label
 * @param accuracy share of these that were given it; null if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskSummary(
    String task,
    long rows,
    Map<String, Long> labels,
    Map<String, Long> probingLabels,
    List<Exit> exits,
    Drift drift,
    long labelledRows,
    Double accuracy) {

  /**
   * Rows that were decided alike.
   *
   * @param source {@code super_neurons}, or what else decided
   * @param exitLayer the last layer that was computed; null for all
   * @param share of the task's rows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Exit(String source, Integer exitLayer, long rows, double share) {}

  /**
   * The drift check in short.
   *
   * @param verdict see {@link DriftCheck.Verdict}
   * @param mean over the neurons
   * @param worst of any neuron
   * @param labelChange how far the labels are from those of the probing rows, from 0 to 1
   */
  record Drift(String verdict, double mean, double worst, double labelChange) {}

  /**
   * Of rows that came with a label.
   *
   * @param rows at least one
   */
  record Accuracy(long rows, double share) {
    static final Accuracy UNKNOWN = new Accuracy(0, 0);
  }

  static TaskSummary of(TaskSuperNeurons task, LabelCounts counts, DriftCheck drift) {
    Accuracy accuracy = counts.accuracy();
    TaskProfile seen = counts.sums().profile();
    return new TaskSummary(
        task.task(),
        seen.rows(),
        seen.labels(),
        task.probing().map(TaskProfile::labels).orElse(null),
        exits(counts.exits(), seen.rows()),
        drift.summary(task.task()).orElse(null),
        accuracy.rows(),
        accuracy.rows() == 0 ? null : accuracy.share());
  }

  private static List<Exit> exits(Map<String, Long> counts, long rows) {
    List<Exit> exits = new ArrayList<>();
    counts.forEach(
        (exit, of) -> {
          String[] parts = exit.split(":");
          Integer layer = parts.length == 1 ? null : Integer.valueOf(parts[1]);
          exits.add(new Exit(parts[0], layer, of, (double) of / rows));
        });
    return exits;
  }
}
