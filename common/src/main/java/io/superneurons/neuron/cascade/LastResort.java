package io.superneurons.neuron.cascade;

import io.superneurons.activation.Names;

/** What decides a row that the deepest Super Neurons are unsure of. */
public enum LastResort {
  /** The model's own answer; its whole prefill and some more tokens. */
  MODEL,

  /** The deepest Super Neurons, however close their votes are. */
  DEEPEST;

  /** The name in options. */
  public String label() {
    return Names.of(this);
  }
}
