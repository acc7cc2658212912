package io.superneurons.text.python;

import java.util.Collections;
import java.util.List;

/** A list. A template cannot change one, so that it is made once. */
public final class PythonList implements PythonSequence {
  private final List<Object> items;

  /** A list of items that no one changes any more. */
  public PythonList(List<Object> items) {
    this.items = Collections.unmodifiableList(items);
  }

  @Override
  public List<Object> items() {
    return items;
  }

  @Override
  public PythonSequence with(List<Object> others) {
    return new PythonList(others);
  }
}
