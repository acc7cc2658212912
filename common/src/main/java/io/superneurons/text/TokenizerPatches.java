package io.superneurons.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Config;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Hugging Face changes in a tokenizer.json when it loads one: nothing is cut or padded, and
 * tokens that only tokenizer_config.json names are added. (It leaves the post-processor alone, also
 * where the configuration has {@code add_bos_token}.)
 */
final class TokenizerPatches {
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");
  private static final List<String> LISTS =
      List.of("additional_special_tokens", "extra_special_tokens");

  private final ObjectNode tree;
  private final Config config;
  private boolean changed;

  private TokenizerPatches(ObjectNode tree, Config config) {
    this.tree = tree;
    this.config = config;
  }

  /** Changes the tree; returns whether anything had to be changed. */
  static boolean apply(ObjectNode tree, Config config) {
    TokenizerPatches patches = new TokenizerPatches(tree, config);
    patches.removeLimits();
    patches.addTokens();
    return patches.changed;
  }

  private void removeLimits() {
    for (String key : List.of("truncation", "padding")) {
      if (tree.hasNonNull(key)) {
        tree.putNull(key);
        changed = true;
      }
    }
  }

  private void addTokens() {
    Set<String> known = new HashSet<>();
    tree.path("added_tokens").forEach(token -> known.add(token.path("content").asText()));
    Config decoder = config.child("added_tokens_decoder");
    for (String id : decoder.keys()) {
      Config token = decoder.child(id);
      if (known.add(token.requireString("content"))) {
        ObjectNode added = add(token.requireString("content"));
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
          added.put(flag, token.booleanValue(flag, added.get(flag).booleanValue()));
        }
      }
    }
    for (String text : namedTokens()) {
      if (known.add(text)) {
        add(text);
      }
    }
  }

  private Set<String> namedTokens() {
    Set<String> texts = new LinkedHashSet<>();
    for (String role : ROLES) {
      if (SpecialTokens.named(config).containsKey(role)) {
        texts.add(SpecialTokens.named(config).get(role));
      }
    }
    for (String list : LISTS) {
      if (config.isArray(list)) {
        texts.addAll(SpecialTokens.listed(config, list));
      } else if (config.isObject(list)) {
        texts.addAll(SpecialTokens.named(config.child(list)).values());
      }
    }
    return texts;
  }

  private ObjectNode add(String text) {
    changed = true;
    ArrayNode tokens = tree.withArray("added_tokens");
    JsonNode inVocabulary = tree.path("model").path("vocab").path(text);
    ObjectNode token = tokens.addObject();
    token.put("id", inVocabulary.isIntegralNumber() ? inVocabulary.longValue() : nextId());
    token.put("content", text);
    token.put("single_word", false).put("lstrip", false).put("rstrip", false);
    return token.put("normalized", false).put("special", true);
  }

  private long nextId() {
    long last = -1;
    for (JsonNode id : tree.path("model").path("vocab")) {
      last = Math.max(last, id.asLong(-1));
    }
    for (JsonNode token : tree.path("added_tokens")) {
      last = Math.max(last, token.path("id").asLong(-1));
    }
    return last + 1;
  }
}
