package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Confusion;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One ranking of neurons within a task: a rule, and for detectors the label they stand for.
 *
 * @param rule the rule
 * @param detected label index of a {@link Rule#ONE_VS_REST} detector, else {@link
 *     Confusion#NO_LABEL}
 */
public record Slot(Rule rule, int detected) implements Serializable {
  /** The rankings that a rule needs for that number of labels. */
  public static List<Slot> of(Rule rule, int labels) {
    if (rule != Rule.ONE_VS_REST) {
      return List.of(new Slot(rule, Confusion.NO_LABEL));
    }
    return IntStream.range(0, labels).mapToObj(label -> new Slot(rule, label)).toList();
  }
}
