package io.superneurons.neuron;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Neurons that vote together, with the weights of their votes.
 *
 * @param members best first
 * @param weights one a member; detectors' weights add up to one for each label, so that a label is
 *     not favoured for having more of them
 */
public record Ensemble(List<Rankings.Place> members, double[] weights) {
  /**
   * The ensemble of those neurons.
   *
   * @param chance what guessing is worth by the metric that neurons are ranked by
   */
  public static Ensemble of(List<Rankings.Place> members, Voting voting, double chance) {
    double[] weights = new double[members.size()];
    for (int i = 0; i < weights.length; i++) {
      boolean detects = slot(members.get(i)).rule() == Rule.ONE_VS_REST;
      weights[i] = voting.weight(members.get(i).candidate().probe(), detects ? 0.5 : chance);
    }
    shareOut(members, weights);
    return new Ensemble(List.copyOf(members), weights);
  }

  private static void shareOut(List<Rankings.Place> members, double[] weights) {
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
  }

  private static Slot slot(Rankings.Place place) {
    return place.contender().slot();
  }

  /**
   * What the ensemble says of each row.
   *
   * @param votes of every member
   * @param rows how many rows each has votes for
   * @return a label index a row
   */
  public int[] predict(Map<Contender, Votes> votes, int rows, int labels) {
    Votes[] cast = new Votes[members.size()];
    for (int i = 0; i < cast.length; i++) {
      cast[i] = votes.get(members.get(i).contender());
    }
    int[] predicted = new int[rows];
    for (int row = 0; row < rows; row++) {
      Tally tally = new Tally(labels);
      for (int i = 0; i < cast.length; i++) {
        tally.add(cast[i].label(row), weights[i]);
      }
      predicted[row] = tally.winner();
    }
    return predicted;
  }
}
