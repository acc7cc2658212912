package io.superneurons.neuron.drift;

import io.superneurons.neuron.chosen.NeuronProfile;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.ExactSum;
import io.superneurons.neuron.values.NeuronValues;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Gathers what a neuron does on rows. All sums are exact: rows in any order, and any division of
 * them into parts, give the same profile.
 */
public final class NeuronSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final ExactSum values;
  private final ExactSum squares;
  private final long[] votes; // [labels]
  private long rows;

  /**
   * The same sums as plain numbers, for JSON.
   *
   * @param rows how many there are
   * @param values numbers that add up to the sum of the activations
   * @param squares numbers that add up to the sum of their squares
   * @param votes for each label [labels]
   */
  record Parts(long rows, List<Double> values, List<Double> squares, List<Long> votes) {}

  NeuronSums(int labels) {
    this(0, new ExactSum(), new ExactSum(), new long[labels]);
  }

  private NeuronSums(long rows, ExactSum values, ExactSum squares, long[] votes) {
    this.rows = rows;
    this.values = values;
    this.squares = squares;
    this.votes = votes;
  }

  static NeuronSums of(Parts parts) {
    return new NeuronSums(
        parts.rows,
        ExactSum.of(parts.values),
        ExactSum.of(parts.squares),
        parts.votes.stream().mapToLong(Long::longValue).toArray());
  }

  Parts parts() {
    return new Parts(rows, values.parts(), squares.parts(), LongStream.of(votes).boxed().toList());
  }

  /**
   * What a neuron did on rows.
   *
   * @param fitted how it votes
   * @param labels how many the task has
   * @param values the neuron's; finite
   * @param rows positions among the values; at least one
   */
  public static NeuronProfile profile(
      FittedRule fitted, int labels, NeuronValues values, int[] rows) {
    NeuronSums sums = new NeuronSums(labels);
    for (int row : rows) {
      double value = values.type().value(values.key(row));
      sums.add(value, fitted.vote(value));
    }
    return sums.profile();
  }

  /**
   * Counts a row.
   *
   * @param value the neuron's activation; finite
   * @param vote index of the label it votes for, or {@link Confusion#NO_LABEL}
   */
  void add(double value, int vote) {
    values.add(value);
    squares.addSquare(value);
    rows++;
    if (vote != Confusion.NO_LABEL) {
      votes[vote]++;
    }
  }

  /** Counts other rows. */
  void add(NeuronSums other) {
    values.add(other.values);
    squares.add(other.squares);
    rows += other.rows;
    Arrays.setAll(votes, label -> votes[label] + other.votes[label]);
  }

  /** What the neuron did; there must be a row. */
  NeuronProfile profile() {
    BigDecimal count = BigDecimal.valueOf(rows);
    BigDecimal sum = values.value();
    // n * sum(x^2) - sum(x)^2, exactly: no digits cancel, however far the mean is from zero
    BigDecimal spread = count.multiply(squares.value()).subtract(sum.multiply(sum));
    return new NeuronProfile(
        sum.divide(count, MathContext.DECIMAL128).doubleValue(),
        Math.sqrt(spread.divide(count.pow(2), MathContext.DECIMAL128).doubleValue()),
        LongStream.of(votes).mapToObj(some -> (double) some / rows).toList());
  }
}
