package io.superneurons.text.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dict: keys in the order in which they came, equal as Python has it (1 is 1.0 is True). */
public final class PythonDict {

  /** A key as it was given first, and its value. */
  private record Item(Object key, Object value) {}

  private final Map<Object, Item> items = new LinkedHashMap<>();

  /** A dict of strings' values. */
  public static PythonDict of(Map<String, ?> values) {
    PythonDict dict = new PythonDict();
    values.forEach(dict::put);
    return dict;
  }

  /**
   * Sets a value; only while the dict is made.
   *
   * @throws PythonException if the key cannot be one, such as a list
   */
  public PythonDict put(Object key, Object value) {
    items.merge(HashKey.of(key), new Item(key, value), (old, now) -> new Item(old.key, value));
    return this;
  }

  public boolean has(Object key) {
    return items.containsKey(HashKey.of(key));
  }

  /** The value of a key; None if there is none. */
  public Object get(Object key) {
    Item item = items.get(HashKey.of(key));
    return item == null ? null : item.value;
  }

  public int size() {
    return items.size();
  }

  public List<Object> keys() {
    List<Object> keys = new ArrayList<>();
    items.values().forEach(item -> keys.add(item.key));
    return keys;
  }

  public List<Object> values() {
    List<Object> values = new ArrayList<>();
    items.values().forEach(item -> values.add(item.value));
    return values;
  }

  /** Tuples of key and value. */
  public List<Object> pairs() {
    List<Object> pairs = new ArrayList<>();
    items.values().forEach(item -> pairs.add(PythonTuple.of(item.key, item.value)));
    return pairs;
  }
}
