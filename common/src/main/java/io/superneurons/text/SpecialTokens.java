package io.superneurons.text;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which tokens have a role, as the checkpoint's configuration says. */
final class SpecialTokens {
  private static final String SUFFIX = "_token";

  private SpecialTokens() {}

  /** The texts of {@code bos_token}, {@code eos_token} and so on in tokenizer_config.json. */
  static Map<String, String> named(Config tokenizerConfig) {
    Map<String, String> named = new TreeMap<>();
    for (String key : tokenizerConfig.keys()) {
      if (key.endsWith(SUFFIX)) {
        text(tokenizerConfig, key).ifPresent(text -> named.put(key, text));
      }
    }
    return named;
  }

  private static Optional<String> text(Config config, String key) {
    if (config.isString(key)) {
      return Optional.of(config.requireString(key));
    }
    return config.isObject(key)
        ? Optional.ofNullable(config.child(key).string("content", null))
        : Optional.empty();
  }

  /**
   * The ids that end an answer: {@code eos_token_id} of generation_config.json, or of config.json,
   * or of its text_config; empty if none of them says.
   */
  static int[] eosIds(Checkpoint checkpoint) {
    String key = "eos_token_id";
    if (checkpoint.generationConfig().filter(config -> config.has(key)).isPresent()) {
      return checkpoint.generationConfig().get().ints(key);
    }
    Config config = checkpoint.config();
    return config.has(key) ? config.ints(key) : config.child("text_config").ints(key);
  }
}
