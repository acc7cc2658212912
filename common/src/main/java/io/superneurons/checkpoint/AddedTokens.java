package io.superneurons.checkpoint;

import java.util.OptionalLong;

/** Finds a token that a tokenizer adds to its vocabulary, in both files that may tell of it. */
final class AddedTokens {
  private AddedTokens() {}

  /**
   * In {@code added_tokens_decoder}.
   *
   * @param tokens objects with {@code content}, by id
   */
  static OptionalLong inDecoder(Config tokens, String text) {
    return tokens.keys().stream()
        .filter(id -> tokens.child(id).string("content", "").equals(text))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /**
   * In {@code added_tokens}, objects with {@code content} and {@code id}.
   *
   * @param tokenizer the whole of {@code tokenizer.json}
   */
  static OptionalLong inList(Config tokenizer, String text) {
    return tokenizer.children("added_tokens").stream()
        .filter(token -> token.string("content", "").equals(text))
        .mapToLong(token -> token.requireInt("id"))
        .findFirst();
  }
}
