package io.superneurons.neuron.vote;

import io.superneurons.neuron.rule.FittedRule;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a contender votes.
 *
 * @param rule fitted on its trial's rows
 * @param votes on all rows of the task; in a trial of a fold on probing and validation rows alone
 */
public record Ballot(FittedRule rule, Votes votes) implements Serializable {
  public Ballot {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(votes, "votes");
  }
}
