package io.superneurons.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A view of a JSON object of a checkpoint. A key whose value is {@code null} counts as absent.
 * Every error names file and key: {@code config.json: text_config.hidden_size must be an integer,
 * found "abc"}. Immutable.
 */
public final class Config {
  private final String file;
  private final String path;
  private final ObjectNode node;

  private Config(String file, String path, ObjectNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  static Config of(String file, ObjectNode node) {
    return new Config(file, "", node.deepCopy());
  }

  static Config empty(String file) {
    return new Config(file, "", JsonNodeFactory.instance.objectNode());
  }

  /**
   * A configuration from JSON text, as a test or a default needs it.
   *
   * @param file what errors call it
   * @throws CheckpointException if it is not a JSON object
   */
  public static Config parse(String file, String json) {
    return new Config(file, "", JsonFiles.parseObject(json.getBytes(StandardCharsets.UTF_8), file));
  }

  /** The file's name, such as {@code config.json}. */
  public String file() {
    return file;
  }

  /** Whether the key is there with a value other than null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether the key is there with the value null, which some classes tell from an absent one. */
  public boolean isNull(String key) {
    return node.has(key) && node.get(key).isNull();
  }

  /** Whether the key is there with false, 0, an empty array or an empty object. */
  public boolean isOff(String key) {
    JsonNode value = node.path(key);
    return value.isBoolean() && !value.booleanValue()
        || value.isNumber() && value.doubleValue() == 0
        || value.isContainerNode() && value.isEmpty();
  }

  public boolean isEmpty() {
    return node.isEmpty();
  }

  /** Keys in the file's order, those with the value null included. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return List.copyOf(keys);
  }

  /** Whether the key is there with a number. */
  public boolean isNumber(String key) {
    return has(key) && node.get(key).isNumber();
  }

  /** Whether the key is there with a string. */
  public boolean isString(String key) {
    return has(key) && node.get(key).isTextual();
  }

  /** Whether the key is there with an array. */
  public boolean isArray(String key) {
    return has(key) && node.get(key).isArray();
  }

  /** Whether the key is there with an array of nothing but strings. */
  public boolean isArrayOfStrings(String key) {
    return isArray(key) && elements(key).stream().allMatch(JsonNode::isTextual);
  }

  /** Whether the key is there with an object. */
  public boolean isObject(String key) {
    return has(key) && node.get(key).isObject();
  }

  /**
   * The object of that key; an empty one if the key is absent.
   *
   * @throws CheckpointException if the value is no object
   */
  public Config child(String key) {
    ObjectNode child =
        has(key)
            ? (ObjectNode) JsonKind.OBJECT.require(where(key), node.get(key))
            : JsonNodeFactory.instance.objectNode();
    return new Config(file, name(key), child);
  }

  /**
   * An integer, {@code fallback} if the key is absent.
   *
   * @throws CheckpointException if the value is no integer of 32 bits
   */
  public int intValue(String key, int fallback) {
    return has(key) ? requireInt(key) : fallback;
  }

  /**
   * An integer.
   *
   * @throws CheckpointException if it is absent or no integer of 32 bits
   */
  public int requireInt(String key) {
    return integer(key, require(key, JsonKind.INTEGER));
  }

  /**
   * A number, {@code fallback} if the key is absent.
   *
   * @throws CheckpointException if the value is no number
   */
  public double doubleValue(String key, double fallback) {
    return has(key) ? requireDouble(key) : fallback;
  }

  /**
   * A number.
   *
   * @throws CheckpointException if it is absent or no number
   */
  public double requireDouble(String key) {
    return number(key, require(key, JsonKind.NUMBER));
  }

  /**
   * True or false, {@code fallback} if the key is absent.
   *
   * @throws CheckpointException if the value is neither
   */
  public boolean booleanValue(String key, boolean fallback) {
    return has(key) ? JsonKind.BOOLEAN.require(where(key), node.get(key)).booleanValue() : fallback;
  }

  /**
   * A string, {@code fallback} (which may be null) if the key is absent.
   *
   * @throws CheckpointException if the value is no string
   */
  public String string(String key, String fallback) {
    return has(key) ? requireString(key) : fallback;
  }

  /**
   * A string.
   *
   * @throws CheckpointException if it is absent or no string
   */
  public String requireString(String key) {
    return text(key, require(key, JsonKind.STRING));
  }

  /**
   * Integers: of an array, or a single one. Empty if the key is absent.
   *
   * @throws CheckpointException if the value is anything else
   */
  public int[] ints(String key) {
    return elements(key).stream().mapToInt(element -> integer(key, element)).toArray();
  }

  /**
   * Numbers: of an array, or a single one. Empty if the key is absent.
   *
   * @throws CheckpointException if the value is anything else
   */
  public double[] doubles(String key) {
    return elements(key).stream().mapToDouble(element -> number(key, element)).toArray();
  }

  /**
   * Strings: of an array, or a single one. Empty if the key is absent.
   *
   * @throws CheckpointException if the value is anything else
   */
  public List<String> strings(String key) {
    return elements(key).stream().map(element -> text(key, element)).toList();
  }

  /**
   * The rows of an array of arrays of integers, such as {@code image_grid_pinpoints}. Empty if the
   * key is absent.
   *
   * @throws CheckpointException if the value is anything else
   */
  public List<int[]> intRows(String key) {
    List<int[]> rows = new ArrayList<>();
    for (JsonNode row : elements(key)) {
      JsonNode array = JsonKind.ROWS.require(where(key), row);
      int[] values = new int[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = integer(key, array.get(i));
      }
      rows.add(values);
    }
    return List.copyOf(rows);
  }

  /**
   * The objects of an array, such as {@code chat_template} in some older files. Empty if the key is
   * absent.
   *
   * @throws CheckpointException if an element is no object
   */
  public List<Config> children(String key) {
    List<Config> children = new ArrayList<>();
    for (JsonNode element : elements(key)) {
      ObjectNode child = (ObjectNode) JsonKind.OBJECTS.require(where(key), element);
      children.add(new Config(file, name(key) + "[" + children.size() + "]", child));
    }
    return List.copyOf(children);
  }

  /**
   * Refuses a value that is none of those; an absent key is none of them either, and passes.
   *
   * @param allowed numbers, strings, {@code true} or {@code false}
   * @return this
   * @throws CheckpointException if the value is another one; the message names it
   */
  public Config only(String key, Object... allowed) {
    if (has(key) && Arrays.stream(allowed).noneMatch(value -> is(key, value))) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "%s is %s, which is not supported; %s is",
              where(key),
              JsonKind.shortened(node.get(key)),
              Arrays.toString(allowed)));
    }
    return this;
  }

  /** Whether the key is there with that number, string, {@code true} or {@code false}. */
  public boolean is(String key, Object value) {
    JsonNode found = node.path(key);
    return value instanceof Number number
        ? found.isNumber() && found.doubleValue() == number.doubleValue()
        : has(key) && found.asText().equals(value.toString());
  }

  /** The same with other keys' values, which replace its own. */
  Config with(ObjectNode others) {
    ObjectNode both = tree();
    both.setAll(others);
    return new Config(file, path, both);
  }

  /** A copy of the tree. */
  ObjectNode tree() {
    return node.deepCopy();
  }

  /** The object as JSON text. */
  @Override
  public String toString() {
    return node.toString();
  }

  private List<JsonNode> elements(String key) {
    if (!has(key)) {
      return List.of();
    }
    JsonNode value = node.get(key);
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else {
      elements.add(value);
    }
    return elements;
  }

  private JsonNode require(String key, JsonKind kind) {
    if (!has(key)) {
      throw new CheckpointException(
          String.format(Locale.ROOT, "%s is missing; it must be %s", where(key), kind));
    }
    return node.get(key);
  }

  private int integer(String key, JsonNode value) {
    return JsonKind.INTEGER.require(where(key), value).intValue();
  }

  private double number(String key, JsonNode value) {
    return JsonKind.NUMBER.require(where(key), value).doubleValue();
  }

  private String text(String key, JsonNode value) {
    return JsonKind.STRING.require(where(key), value).textValue();
  }

  private String where(String key) {
    return file + ": " + name(key);
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
