package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;

/**
 * Where a family's configuration says that the language head is the embedding ({@code
 * tie_word_embeddings}), as its class in transformers reads it. A head that the weights have comes
 * before what is said.
 */
public enum HeadTie {
  /** The whole configuration or its {@code text_config}. */
  EITHER_LEVEL,
  /** The whole configuration; not tied where it says nothing. */
  TOP_LEVEL,
  /** The whole configuration; tied where it says nothing. */
  TOP_LEVEL_OR_TIED;

  private static final String KEY = "tie_word_embeddings";

  boolean of(Config root, Config text) {
    return switch (this) {
      case EITHER_LEVEL -> root.booleanValue(KEY, false) || text.booleanValue(KEY, false);
      case TOP_LEVEL -> root.booleanValue(KEY, false);
      case TOP_LEVEL_OR_TIED -> root.booleanValue(KEY, true);
    };
  }
}
