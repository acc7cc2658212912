package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;

/**
 * Which linear layers of a decoder layer have a bias. What else a checkpoint has is not read, as in
 * transformers.
 *
 * @param input of queries, keys and values
 * @param output of attention
 * @param mlp all three of the MLP
 */
public record Biases(boolean input, boolean output, boolean mlp) {
  /** By which keys a kind of decoder says where they are. */
  enum Rule {
    /** None, whatever the configuration says. */
    NONE,
    /** Queries, keys and values have one, whatever the configuration says. */
    INPUT,
    /** All of attention, where {@code attention_bias}. */
    ATTENTION_KEY,
    /** The same, and the MLP where {@code mlp_bias}. */
    BOTH_KEYS
  }

  static Biases of(Config text, Rule rule) {
    boolean attention = text.booleanValue("attention_bias", false);
    return switch (rule) {
      case NONE -> new Biases(false, false, false);
      case INPUT -> new Biases(true, false, false);
      case ATTENTION_KEY -> new Biases(attention, attention, false);
      case BOTH_KEYS -> new Biases(attention, attention, text.booleanValue("mlp_bias", false));
    };
  }
}
