package io.superneurons.neuron;

import java.util.List;
import java.util.Objects;

/**
 * The best choice for one exit layer.
 *
 * @param exitLayer neurons come from no later one
 * @param rule how neurons vote
 * @param voting how votes weigh
 * @param picking which of them vote
 * @param score the metric on the rows that choose
 */
public record ExitPoint(int exitLayer, Rule rule, Voting voting, Picking picking, double score) {
  public ExitPoint {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(voting, "vote");
    Objects.requireNonNull(picking, "pick");
  }

  static ExitPoint of(Choice choice) {
    return new ExitPoint(
        choice.exitLayer(), choice.rule(), choice.voting(), choice.picking(), choice.score());
  }

  /** The best of the choices for each of their exit layers, ascending. */
  public static List<ExitPoint> plan(List<Choice> choices) {
    return choices.stream()
        .map(Choice::exitLayer)
        .distinct()
        .sorted()
        .map(layer -> of(Chooser.bestAt(choices, layer)))
        .toList();
  }
}
