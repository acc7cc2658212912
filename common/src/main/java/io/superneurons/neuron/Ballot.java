package io.superneurons.neuron;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a contender votes.
 *
 * @param rule fitted on its trial's rows
 * @param votes on the rows of the task, as far as {@link TaskPlan#votingRows}
 */
public record Ballot(FittedRule rule, Votes votes) implements Serializable {
  public Ballot {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(votes, "votes");
  }
}
