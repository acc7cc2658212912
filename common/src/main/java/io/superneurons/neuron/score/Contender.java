package io.superneurons.neuron.score;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.rule.Slot;
import java.io.Serializable;
import java.util.Objects;

/**
 * A neuron that may be chosen in one ranking of one trial.
 *
 * @param trial index of the {@link Trial} in the task's plan
 * @param slot the ranking
 * @param neuron which neuron
 */
public record Contender(int trial, Slot slot, Neuron neuron) implements Serializable {
  public Contender {
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(neuron, "neuron");
  }
}
