package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Auc;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a method says of the rows of a task.
 *
 * @param predicted label index of each row, or {@link Confusion#NO_LABEL} [rows]
 * @param weights of the votes: for each row, one weight per label [rows][labels]; empty where the
 *     method does not vote
 * @param margins of the votes, see {@link Tally#margin} [rows]; empty likewise
 */
public record Verdicts(int[] predicted, double[][] weights, double[] margins) {
  /** The verdicts of a method that names labels and does not vote. */
  public static Verdicts of(int[] predicted) {
    return new Verdicts(predicted, new double[0][], new double[0]);
  }

  /**
   * The verdicts of a method that adds something up for each label: the first label with the most.
   *
   * @param sums for each row [rows][labels]
   */
  public static Verdicts ofSums(double[][] sums) {
    int[] predicted = new int[sums.length];
    for (int row = 0; row < predicted.length; row++) {
      for (int label = 1; label < sums[row].length; label++) {
        predicted[row] = sums[row][label] > sums[row][predicted[row]] ? label : predicted[row];
      }
    }
    return new Verdicts(predicted, sums, new double[sums.length]);
  }

  /** No verdicts yet, of a method that votes. */
  public static Verdicts empty(int rows, int labels) {
    return new Verdicts(new int[rows], new double[rows][labels], new double[rows]);
  }

  /**
   * These verdicts on the rows before one, and later verdicts from that row on.
   *
   * @param row the first row of the later verdicts
   */
  public Verdicts before(int row, Verdicts later) {
    Verdicts joined = later.of(0, later.predicted.length);
    for (int first = 0; first < row; first++) {
      joined.set(first, this);
    }
    return joined;
  }

  /** Takes over what other verdicts say of some rows. */
  public void take(int[] rows, Verdicts other) {
    for (int row : rows) {
      set(row, other);
    }
  }

  /** The verdicts on some rows, in their order. */
  public Verdicts at(int[] rows) {
    return new Verdicts(
        Arrays.stream(rows).map(row -> predicted[row]).toArray(),
        votes()
            ? Arrays.stream(rows).mapToObj(row -> weights[row]).toArray(double[][]::new)
            : weights,
        votes() ? Arrays.stream(rows).mapToDouble(row -> margins[row]).toArray() : margins);
  }

  /** Takes over what other verdicts say of one row. */
  void set(int row, Verdicts other) {
    predicted[row] = other.predicted[row];
    weights[row] = other.weights[row];
    margins[row] = other.margins[row];
  }

  /** The same verdicts, but rows whose margin is below that get no prediction. */
  public Verdicts abstaining(double below) {
    int[] answered = predicted.clone();
    for (int row = 0; row < margins.length; row++) {
      if (margins[row] < below) {
        answered[row] = Confusion.NO_LABEL;
      }
    }
    return new Verdicts(answered, weights, margins);
  }

  /**
   * Counts votes on some rows on which none were counted yet, and decides these.
   *
   * @param cast what each voter says of all rows, the best-ranked first [voters]
   * @param ofVoters what each voter adds [voters]
   * @param rows their positions
   */
  public void decide(Voter[] cast, Evidence[] ofVoters, int[] rows) {
    for (int voter = 0; voter < cast.length; voter++) {
      ofVoters[voter].add(cast[voter], rows, weights);
    }
    double castable = Arrays.stream(ofVoters).mapToDouble(Evidence::weight).sum();
    for (int row : rows) {
      Tally tally = new Tally(weights[row]);
      predicted[row] = tally.winner(ofVoters, cast, row);
      margins[row] = tally.margin(castable);
    }
  }

  /** Whether the method votes, so that there are weights. */
  boolean votes() {
    return weights.length > 0;
  }

  /**
   * The verdicts on the rows of a range.
   *
   * @param from the first row
   * @param to after the last row
   */
  public Verdicts of(int from, int to) {
    return new Verdicts(
        IntStream.range(from, to).map(row -> predicted[row]).toArray(),
        votes()
            ? IntStream.range(from, to).mapToObj(row -> weights[row]).toArray(double[][]::new)
            : weights,
        votes() ? Arrays.copyOfRange(margins, from, to) : margins);
  }

  /**
   * How right the verdicts are by a metric. AUC ranks the weights of the votes, if there are any.
   *
   * @param given label index of each row [rows]
   * @param labels how many labels there are
   * @return NaN if there are no rows
   */
  public double score(Metric metric, int[] given, int labels) {
    if (metric == Metric.AUC && votes() && given.length > 0) {
      return Auc.ofVotes(weights, given, labels);
    }
    return metric.of(confusion(given, labels));
  }

  /** How the predictions agree with the labels. */
  public Confusion confusion(int[] given, int labels) {
    Confusion confusion = new Confusion(labels);
    for (int row = 0; row < given.length; row++) {
      confusion.add(given[row], predicted[row]);
    }
    return confusion;
  }
}
