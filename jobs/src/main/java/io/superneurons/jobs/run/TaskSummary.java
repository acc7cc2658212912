package io.superneurons.jobs.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What label did with the rows of one task; a part of {@value RunSummary#FILE_NAME}.
 *
 * @param task name of the task
 * @param warnings why its labels may mean nothing; empty where there is nothing to warn of
 * @param rows how many rows are done
 * @param labels rows by the label that they got
 * @param probingLabels probing rows by their label; null if that is not known
 * @param exits rows by how they were decided
 * @param drift the drift of its Super Neurons; null if it is not known what they did on the probing
 *     rows
 * @param undecided how many of the rows got no label
 * @param labelledRows rows that came with a label
 * @param accuracy the share of these that got the label they came with, so that an undecided row
 *     counts as wrong; null if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskSummary(
    String task,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
    long rows,
    Map<String, Long> labels,
    Map<String, Long> probingLabels,
    List<Exit> exits,
    Drift drift,
    long undecided,
    long labelledRows,
    Double accuracy) {
  public TaskSummary {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /**
   * Rows that were decided in the same way.
   *
   * @param source {@code super_neurons}, or what else decided
   * @param exitLayer the last layer that was computed; null if all were
   * @param exitPart {@code tower} if that is a layer of the vision tower; else null
   * @param rows how many rows
   * @param share their share of the task's rows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Exit(String source, Integer exitLayer, String exitPart, long rows, double share) {
    /** The last layer that was computed; empty if all were. */
    public Optional<ModelLayer> layer() {
      return Optional.ofNullable(exitLayer)
          .map(
              number ->
                  Part.TOWER.label().equals(exitPart)
                      ? ModelLayer.ofTower(number)
                      : ModelLayer.ofDecoder(number));
    }
  }

  /**
   * The drift check in short.
   *
   * @param verdict {@code few_rows}, {@code ok}, {@code warn} or {@code fail}
   * @param mean mean drift of the neurons
   * @param worst largest drift of any neuron
   * @param labelChange how far the labels are from those of the probing rows, from 0 to 1
   */
  public record Drift(String verdict, double mean, double worst, double labelChange) {}
}
