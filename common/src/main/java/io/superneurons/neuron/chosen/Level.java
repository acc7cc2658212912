package io.superneurons.neuron.chosen;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Tally;
import io.superneurons.neuron.vote.Voter;
import io.superneurons.neuron.vote.Voting;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Neurons that vote together after one exit layer.
 *
 * @param exitLayer no neuron is in a later one: those need not run
 * @param rule that the neurons share
 * @param voting how votes weigh
 * @param neurons best first, at least one
 */
public record Level(ModelLayer exitLayer, Rule rule, Voting voting, List<SuperNeuron> neurons) {
  private static final int ROW = 0;

  public Level {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(voting, "vote");
    neurons = List.copyOf(neurons);
    if (neurons.isEmpty()) {
      throw new IllegalArgumentException("There is no neuron to exit after " + exitLayer);
    }
    for (SuperNeuron member : neurons) {
      if (member.neuron().modelLayer().compareTo(exitLayer) > 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "A neuron in %s is after the exit, %s",
                member.neuron().modelLayer(),
                exitLayer));
      }
      if (member.fitted().rule() != rule) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "A neuron of rule %s is among those of rule %s",
                member.fitted().rule().label(),
                rule.label()));
      }
    }
  }

  /** The layer of the deepest neuron: what has to run, whatever the exit layer. */
  public ModelLayer deepestNeuron() {
    return neurons.stream()
        .map(member -> member.neuron().modelLayer())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * The largest margin that a row can have, or somewhat more; below 1 where neurons stand for
   * labels of their own, so that not all of them can vote for one.
   *
   * @param labels how many the task has
   */
  public double mostMargin(int labels) {
    double most = 0;
    for (int label = 0; label < labels; label++) {
      most = Math.max(most, mostLead(label, labels));
    }
    return Math.min(1, most / castable());
  }

  /** How far a label can lead the label that it leads by least. */
  private double mostLead(int label, int labels) {
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < labels; other++) {
      if (other != label) {
        double lead = 0;
        for (SuperNeuron member : neurons) {
          lead += member.mostLead(label, other, labels);
        }
        least = Math.min(least, lead);
      }
    }
    return least;
  }

  private double castable() {
    return neurons.stream().mapToDouble(SuperNeuron::weight).sum();
  }

  /**
   * Classifies one row by the neurons' votes.
   *
   * @param labels of the task, in its order
   */
  public Prediction classify(List<String> labels, ActivationSource activations) {
    Voter[] said =
        neurons.stream()
            .map(member -> Said.of(member, activations.value(member.neuron())))
            .toArray(Voter[]::new);
    Evidence[] evidence = neurons.stream().map(SuperNeuron::evidence).toArray(Evidence[]::new);
    Tally tally = new Tally(labels.size());
    for (int i = 0; i < said.length; i++) {
      tally.add(evidence[i], said[i], ROW);
    }
    Map<String, Double> votes = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      votes.put(labels.get(label), tally.weight(label));
    }
    int winner = tally.winner(evidence, said, ROW);
    return new Prediction(
        winner == Confusion.NO_LABEL ? Optional.empty() : Optional.of(labels.get(winner)),
        votes,
        tally.margin(castable()));
  }

  /** What a neuron says of the one row that is classified. */
  private record Said(int vote, float value) implements Voter {
    static Said of(SuperNeuron member, float value) {
      return new Said(member.fitted().vote(value), value);
    }

    @Override
    public int label(int row) {
      return vote;
    }

    @Override
    public float value(int row) {
      return value;
    }
  }
}
