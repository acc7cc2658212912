package io.superneurons.neuron.choose;

import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Votes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Orders neurons by what each adds to the vote of those before it. The votes on a row are off by as
 * much as the lead of its label falls short of what a unanimous vote would give; the next neuron is
 * the one that leaves the smallest sum of the squares of that. Squares give most weight to rows
 * that few neurons are right on, so a neuron that repeats what others say adds little, however good
 * it is.
 *
 * <p>It is measured on the rows that rank the neurons, so that the rows that choose stay unseen.
 */
final class Greedy {
  private final int[] rows;
  private final int[] given;
  private final double[] labelWeights;
  private final int[] right; // votes for the row's label so far [rows]
  private final int[][] votes; // votes for each other label so far [rows][labels]
  private final int[] mostWrong; // the most of these [rows]

  /**
   * A neuron of the pool.
   *
   * @param votes on the rows that are looked at, in their order [rows]
   */
  private record Voter(Rankings.Place place, int[] votes) {
    static Voter of(Rankings.Place place, FitRows fit) {
      Votes votes = fit.votes(place);
      return new Voter(place, Arrays.stream(fit.rows()).map(votes::label).toArray());
    }
  }

  /**
   * Starts without votes.
   *
   * @param rows positions in the task of the rows that are looked at [rows]
   * @param given label index of each row of the task
   * @param labelWeights how much a row of each label counts [labels]
   */
  private Greedy(int[] rows, int[] given, double[] labelWeights) {
    this.rows = rows;
    this.given = given;
    this.labelWeights = labelWeights;
    this.right = new int[rows.length];
    this.votes = new int[rows.length][labelWeights.length];
    this.mostWrong = new int[rows.length];
  }

  /**
   * The best neuron for the vote, then the next, and so on.
   *
   * @param pool best first; of two that add as much the earlier is taken
   * @param most how many are taken at most
   */
  static List<Rankings.Place> order(List<Rankings.Place> pool, FitRows fit, int most) {
    Greedy greedy = new Greedy(fit.rows(), fit.given(), labelWeights(fit));
    List<Voter> left = new ArrayList<>();
    pool.forEach(place -> left.add(Voter.of(place, fit)));
    List<Rankings.Place> taken = new ArrayList<>();
    while (taken.size() < most && !left.isEmpty()) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < left.size(); i++) {
        double off = greedy.offWith(left.get(i).votes, taken.size() + 1);
        if (off < least) {
          least = off;
          best = i;
        }
      }
      Voter next = left.remove(best);
      greedy.add(next.votes);
      taken.add(next.place);
    }
    return taken;
  }

  /**
   * How much a row of each label counts [labels]. By accuracy all rows count the same; by other
   * metrics all labels do, however many rows they have.
   */
  private static double[] labelWeights(FitRows fit) {
    double[] weights = new double[fit.labels()];
    for (int row : fit.rows()) {
      weights[fit.given()[row]]++;
    }
    for (int label = 0; label < weights.length; label++) {
      weights[label] = fit.metric() == Metric.ACCURACY ? 1 : 1 / weights[label];
    }
    return weights;
  }

  /**
   * How far the votes would be off if a voter joined. Within a label the sums are whole numbers, so
   * that they are exact in any order.
   *
   * @param cast what the voter votes on each row [rows]
   * @param voters how many there would be
   */
  private double offWith(int[] cast, int voters) {
    long[] sums = new long[labelWeights.length];
    for (int i = 0; i < rows.length; i++) {
      int label = given[rows[i]];
      int vote = cast[i];
      int lead = right[i] - mostWrong[i];
      if (vote == label) {
        lead++;
      } else if (vote != Confusion.NO_LABEL && votes[i][vote] == mostWrong[i]) {
        lead--;
      }
      long off = voters - lead;
      sums[label] += off * off;
    }
    double off = 0;
    for (int label = 0; label < sums.length; label++) {
      off += sums[label] * labelWeights[label];
    }
    return off;
  }

  private void add(int[] cast) {
    for (int i = 0; i < rows.length; i++) {
      int vote = cast[i];
      if (vote == given[rows[i]]) {
        right[i]++;
      } else if (vote != Confusion.NO_LABEL) {
        mostWrong[i] = Math.max(mostWrong[i], ++votes[i][vote]);
      }
    }
  }
}
