package io.superneurons.text.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A tuple; its elements may have names too. */
public final class PythonTuple implements PythonSequence {
  private final List<Object> items;
  private final List<String> names;

  private PythonTuple(List<Object> items, List<String> names) {
    this.items = Collections.unmodifiableList(items);
    this.names = names;
  }

  /** A tuple of items that no one changes any more. */
  public PythonTuple(List<Object> items) {
    this(items, List.of());
  }

  public static PythonTuple of(Object... items) {
    return new PythonTuple(new ArrayList<>(Arrays.asList(items)));
  }

  /** A tuple whose elements have these names. */
  public PythonTuple named(String... given) {
    return new PythonTuple(items, List.of(given));
  }

  @Override
  public List<Object> items() {
    return items;
  }

  @Override
  public PythonSequence with(List<Object> others) {
    return new PythonTuple(others);
  }

  public boolean hasName(String name) {
    return names.contains(name);
  }

  public Object get(String name) {
    return items.get(names.indexOf(name));
  }
}
