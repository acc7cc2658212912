package io.superneurons.neuron.vote;

import io.superneurons.neuron.rule.FittedRule;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a contender votes.
 *
 * @param rule fitted on its trial's rows
 * @param votes on all rows of the task; in the trial of a fold on probing and validation rows only
 * @param values that the votes are of [rows]; empty where only votes are needed
 */
public record Ballot(FittedRule rule, Votes votes, float[] values) implements Voter, Serializable {
  private static final float[] UNKNOWN = {};

  public Ballot {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(votes, "votes");
    Objects.requireNonNull(values, "values");
  }

  /** A ballot whose values are not needed. */
  public Ballot(FittedRule rule, Votes votes) {
    this(rule, votes, UNKNOWN);
  }

  @Override
  public int label(int row) {
    return votes.label(row);
  }

  @Override
  public float value(int row) {
    return values.length == 0 ? Float.NaN : values[row];
  }
}
