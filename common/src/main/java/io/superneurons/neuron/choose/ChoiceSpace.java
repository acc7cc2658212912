package io.superneurons.neuron.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What may be chosen for a task.
 *
 * @param rules in order of preference
 * @param votings in order of preference
 * @param exitLayers ascending: those of the vision tower, then those of the decoder
 * @param pickings in order of preference
 * @param tolerance how much worse than the best a choice with an earlier exit or a simpler vote may
 *     be
 */
public record ChoiceSpace(
    List<Rule> rules,
    List<Voting> votings,
    List<ModelLayer> exitLayers,
    List<Picking> pickings,
    Tolerance tolerance) {
  /** Of the numbers of neurons, {@link Voting#RIDGE} is tried with so many of the largest. */
  private static final int RIDGE_NUMBERS = 3;

  public ChoiceSpace {
    rules = List.copyOf(rules);
    votings = List.copyOf(votings);
    exitLayers = List.copyOf(exitLayers);
    pickings = List.copyOf(pickings);
    if (rules.isEmpty() || votings.isEmpty() || exitLayers.isEmpty() || pickings.isEmpty()) {
      throw new IllegalArgumentException("Nothing to choose from");
    }
    Objects.requireNonNull(tolerance, "tolerance");
  }

  /** The same choices with another tolerance. */
  public ChoiceSpace with(Tolerance other) {
    return new ChoiceSpace(rules, votings, exitLayers, pickings, other);
  }

  /** Every choice that is tried, in the order of preference within each exit layer. */
  Stream<Choice> choices() {
    return exitLayers.stream().flatMap(this::choices);
  }

  private Stream<Choice> choices(ModelLayer exitLayer) {
    return rules.stream()
        .flatMap(
            rule ->
                votings.stream()
                    .flatMap(
                        voting ->
                            pickings.stream()
                                .filter(picking -> tries(rule, voting, picking))
                                .map(p -> Choice.untried(rule, voting, exitLayer, p))));
  }

  /**
   * Whether a way to vote is tried with a rule and a picking. {@link Voting#RIDGE}, which takes
   * most time, goes by values: the rule does no more than rank the neurons, so that one is enough,
   * and its penalty makes little of neurons too many.
   */
  private boolean tries(Rule rule, Voting voting, Picking picking) {
    return voting != Voting.RIDGE || needsValues(rule) && picking.most() >= leastOfRidge();
  }

  /** Whether the values of neurons ranked by a rule are needed, and not their votes alone. */
  public boolean needsValues(Rule rule) {
    return votings.contains(Voting.RIDGE) && rule == rules.get(0);
  }

  private int leastOfRidge() {
    int[] numbers = pickings.stream().mapToInt(Picking::most).distinct().sorted().toArray();
    return numbers[Math.max(0, numbers.length - RIDGE_NUMBERS)];
  }
}
