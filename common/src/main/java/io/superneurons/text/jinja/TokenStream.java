package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Token.Kind;
import java.util.List;

/** The tokens of a template, one after the other. */
final class TokenStream {
  /** Brackets, and tags, within each other. */
  private static final int MOST_DEPTH = 100;

  private final List<Token> tokens;
  private int position;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(position);
  }

  Token look() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  int line() {
    return current().line();
  }

  boolean is(Kind kind) {
    return current().is(kind);
  }

  boolean isName(String name) {
    return current().isName(name);
  }

  /** The current token; the stream goes on. */
  Token next() {
    Token token = current();
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  boolean skipIf(Kind kind) {
    boolean skips = is(kind);
    if (skips) {
      next();
    }
    return skips;
  }

  boolean skipIfName(String name) {
    boolean skips = isName(name);
    if (skips) {
      next();
    }
    return skips;
  }

  Token expect(Kind kind) {
    if (!is(kind)) {
      throw error(kind.sign() + " is expected in place of " + current());
    }
    return next();
  }

  /** The name that must stand here. */
  String name() {
    return (String) expect(Kind.NAME).value();
  }

  void expectName(String name) {
    if (!skipIfName(name)) {
      throw error("'" + name + "' is expected in place of " + current());
    }
  }

  JinjaException error(String message) {
    return new JinjaException(line(), message);
  }

  /** Begins something within something; {@link #leave} ends it. */
  void enter() {
    if (++depth > MOST_DEPTH) {
      throw error("it has more than " + MOST_DEPTH + " brackets or tags within each other");
    }
  }

  void leave() {
    depth--;
  }
}
