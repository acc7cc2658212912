package io.superneurons.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.Predicate;

/** What a value of a configuration must be. */
enum JsonKind {
  // 1.0 counts: some exporters write whole numbers so
  INTEGER("an integer", node -> node.isNumber() && node.doubleValue() == (int) node.doubleValue()),
  NUMBER("a number", JsonNode::isNumber),
  STRING("a string", JsonNode::isTextual),
  BOOLEAN("true or false", JsonNode::isBoolean),
  OBJECT("an object", JsonNode::isObject),
  /** An element of an array of objects. */
  OBJECTS("an array of objects", JsonNode::isObject),
  /** An element of an array of arrays. */
  ROWS("an array of arrays", JsonNode::isArray);

  private static final int LONGEST_SHOWN = 80;

  private final String description;
  private final Predicate<JsonNode> matches;

  JsonKind(String description, Predicate<JsonNode> matches) {
    this.description = description;
    this.matches = matches;
  }

  /**
   * The value, checked.
   *
   * @param where file and key, for the error
   * @throws CheckpointException if it is of another kind
   */
  JsonNode require(String where, JsonNode value) {
    if (!matches.test(value)) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT, "%s must be %s, found %s", where, description, shortened(value)));
    }
    return value;
  }

  static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  /** As in a message, such as {@code an integer}. */
  @Override
  public String toString() {
    return description;
  }
}
