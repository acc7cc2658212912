package io.superneurons.text.jinja;

import java.util.List;

/**
 * Statements between tags. Told from others by identity: two with the same statements are two.
 *
 * @param statements in their order
 */
record Body(List<Statement> statements) {
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
