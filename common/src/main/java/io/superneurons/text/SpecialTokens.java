package io.superneurons.text;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** The texts of an array's tokens, each a string or an object with {@code content}. */
  static List<String> listed(Config config, String key) {
    boolean strings = config.isArrayOfStrings(key);
    return strings
        ? config.strings(key)
        : config.children(key).stream().map(token -> token.requireString("content")).toList();
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
   * The ids that end an answer: {@code eos_token_id} of generation_config.json where there is one,
   * even if it names none, as Hugging Face has it; else of config.json, of its text_config, or the
   * id of the tokenizer's own token.
   */
  static int[] eosIds(Checkpoint checkpoint, OptionalLong tokenizers) {
    String key = "eos_token_id";
    if (checkpoint.generationConfig().isPresent()) {
      return checkpoint.generationConfig().get().ints(key);
    }
    Config config = checkpoint.config();
    Config named = config.has(key) ? config : config.child("text_config");
    return named.has(key)
        ? named.ints(key)
        : tokenizers.stream().mapToInt(Math::toIntExact).toArray();
  }
}
