package io.superneurons.text;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A message of a conversation.
 *
 * @param role who speaks
 * @param content its parts in order
 */
record Message(Role role, List<Content> content) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** The name in templates, such as {@code user}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Message {
    Objects.requireNonNull(role, "role");
    content = List.copyOf(content);
  }
}
