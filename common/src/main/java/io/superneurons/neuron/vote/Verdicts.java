package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Auc;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import java.util.stream.IntStream;

/**
 * What a method says of the rows of a task.
 *
 * @param predicted a label index a row, or {@link Confusion#NO_LABEL}
 * @param weights of the votes, a row a row and in it a weight a label; empty where the method does
 *     not vote
 */
public record Verdicts(int[] predicted, double[][] weights) {
  /** Of a method that says a label and no more. */
  public static Verdicts of(int[] predicted) {
    return new Verdicts(predicted, new double[0][]);
  }

  /** No verdicts yet, of a method that votes. */
  public static Verdicts empty(int rows, int labels) {
    return new Verdicts(new int[rows], new double[rows][labels]);
  }

  /** These verdicts on the first rows, others on later ones. */
  public Verdicts before(int row, Verdicts later) {
    Verdicts joined = later.of(0, later.predicted.length);
    for (int first = 0; first < row; first++) {
      joined.set(first, this);
    }
    return joined;
  }

  /** Takes one row over from another one's. */
  void set(int row, Verdicts other) {
    predicted[row] = other.predicted[row];
    weights[row] = other.weights[row];
  }

  /** The same, but for rows whose margin is below that: these get no prediction. */
  public Verdicts abstaining(double below) {
    int[] answered = predicted.clone();
    for (int row = 0; row < weights.length; row++) {
      if (new Tally(weights[row]).margin() < below) {
        answered[row] = Confusion.NO_LABEL;
      }
    }
    return new Verdicts(answered, weights);
  }

  /** Counts one voter's vote on some rows. */
  public void add(Votes votes, int[] rows, double weight) {
    for (int row : rows) {
      int label = votes.label(row);
      if (label != Confusion.NO_LABEL) {
        weights[row][label] += weight;
      }
    }
  }

  /** Predicts what has the most weight, when all votes on those rows are counted. */
  public void decide(int[] rows) {
    for (int row : rows) {
      predicted[row] = new Tally(weights[row]).winner();
    }
  }

  boolean votes() {
    return weights.length > 0;
  }

  /** The verdicts on some rows, one after another. */
  public Verdicts of(int from, int to) {
    return new Verdicts(
        IntStream.range(from, to).map(row -> predicted[row]).toArray(),
        votes()
            ? IntStream.range(from, to).mapToObj(row -> weights[row]).toArray(double[][]::new)
            : weights);
  }

  /**
   * How right they are. By AUC it is the weights of the votes that count, if there are any.
   *
   * @param given label index of each row
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
