package io.superneurons.neuron.choose;

import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Verdicts;
import io.superneurons.neuron.vote.Voter;
import io.superneurons.neuron.vote.Voting;
import io.superneurons.neuron.vote.Weight;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Neurons that vote together, with what each adds.
 *
 * @param members best first
 * @param evidence one per member [members]
 */
public record Ensemble(List<Rankings.Place> members, Evidence[] evidence) {
  /**
   * The ensemble of those neurons.
   *
   * @param fit the rows that they were fitted on
   */
  static Ensemble of(List<Rankings.Place> members, Voting voting, FitRows fit) {
    return switch (voting) {
      case MAJORITY -> ofEqualVotes(members);
      case WEIGHTED -> weighted(members, fit.chance());
      case LOG_ODDS -> of(members, members.stream().mapToDouble(fit.tables()::logOdds).toArray());
      case NAIVE_BAYES ->
          new Ensemble(
              members,
              members.stream()
                  .map(member -> fit.tables().evidence(member, members.size()))
                  .toArray(Evidence[]::new));
      case RIDGE -> new Ensemble(members, RidgeVote.of(members, fit));
    };
  }

  /**
   * The ensemble in which all votes weigh the same; with detectors, in which all labels weigh the
   * same.
   */
  public static Ensemble ofEqualVotes(List<Rankings.Place> members) {
    double[] weights = new double[members.size()];
    Arrays.fill(weights, 1);
    return sharedOut(members, weights);
  }

  private static Ensemble weighted(List<Rankings.Place> members, double chance) {
    double[] weights = new double[members.size()];
    for (int i = 0; i < weights.length; i++) {
      boolean detects = slot(members.get(i)).rule() == Rule.ONE_VS_REST;
      double gain = members.get(i).candidate().fitScore() - (detects ? 0.5 : chance);
      weights[i] = Voting.grained(gain);
    }
    return sharedOut(members, weights);
  }

  /**
   * Detectors' weights add up to one for each label, so that a label is not favoured for having
   * more of them.
   */
  private static Ensemble sharedOut(List<Rankings.Place> members, double[] weights) {
    Map<Integer, Double> totals = new HashMap<>();
    for (int i = 0; i < weights.length; i++) {
      totals.merge(slot(members.get(i)).detected(), weights[i], Double::sum);
    }
    for (int i = 0; i < weights.length; i++) {
      Slot slot = slot(members.get(i));
      if (slot.rule() == Rule.ONE_VS_REST) {
        weights[i] = Voting.grained(weights[i] / totals.get(slot.detected()));
      }
    }
    return of(members, weights);
  }

  private static Ensemble of(List<Rankings.Place> members, double[] weights) {
    return new Ensemble(List.copyOf(members), Weight.all(weights));
  }

  private static Slot slot(Rankings.Place place) {
    return place.contender().slot();
  }

  /**
   * What the ensemble says of the first rows of a task.
   *
   * @param ballots of every member
   * @param rows how many rows
   */
  public Verdicts verdicts(Map<Contender, Ballot> ballots, int rows, int labels) {
    Verdicts verdicts = Verdicts.empty(rows, labels);
    judge(IntStream.range(0, rows).toArray(), ballots, verdicts);
    return verdicts;
  }

  /** Fills in what the ensemble says of some rows. */
  void judge(int[] rows, Map<Contender, Ballot> ballots, Verdicts into) {
    Voter[] cast =
        members.stream().map(member -> ballots.get(member.contender())).toArray(Voter[]::new);
    into.decide(cast, evidence, rows);
  }
}
