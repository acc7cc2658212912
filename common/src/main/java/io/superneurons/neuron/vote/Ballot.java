package io.superneurons.neuron.vote;

import io.superneurons.neuron.rule.FittedRule;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a contender votes.
 *
 * @param rule fitted on its trial's rows
 * @param votes on all rows of the task; in the trial of a fold on probing and validation rows only
 */
public record Ballot(FittedRule rule, Votes votes) implements Serializable {
  public Ballot {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(votes, "votes");
  }
}
