package io.superneurons.text.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Going through what has elements, and counting them. */
public final class Iteration {
  private Iteration() {}

  /** Whether {@code len} takes it. */
  public static boolean hasLength(Object value) {
    return value instanceof String
        || value instanceof PythonSequence
        || value instanceof PythonDict
        || value instanceof DictView
        || value instanceof PythonRange
        || value instanceof Undefined;
  }

  /**
   * What {@code len} gives.
   *
   * @throws PythonException if the value has no length
   */
  public static int length(Work work, Object value) {
    if (value instanceof String text) {
      work.steps(text.length());
      return Text.length(text);
    } else if (value instanceof PythonDict dict) {
      return dict.size();
    } else if (value instanceof DictView view) {
      return view.dict().size();
    }
    return known(work, value).size();
  }

  /** Whether {@code iter} takes it. */
  public static boolean isIterable(Object value) {
    return hasLength(value) || value instanceof OneShot;
  }

  /**
   * Goes through a value; each step counts.
   *
   * @throws PythonException if it has no elements
   */
  public static Iterator<Object> iterate(Work work, Object value) {
    Iterator<Object> iterator =
        value instanceof OneShot once ? once.iterator() : known(work, value).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public Object next() {
        work.steps(1);
        return iterator.next();
      }
    };
  }

  /** Elements that can be gone through again and again. */
  private static List<Object> known(Work work, Object value) {
    if (value instanceof PythonSequence sequence) {
      return sequence.items();
    } else if (value instanceof PythonRange range) {
      return range.items();
    } else if (value instanceof PythonDict dict) {
      work.builds(dict.size());
      return dict.keys();
    } else if (value instanceof DictView view) {
      work.builds(view.dict().size());
      return view.items();
    } else if (value instanceof String text) {
      work.builds(text.length());
      return Text.characters(text);
    } else if (value instanceof Undefined) {
      return List.of();
    }
    throw new PythonException("'" + Types.name(value) + "' object has no elements");
  }

  /** All elements, as {@code list} gives them. */
  public static List<Object> all(Work work, Object value) {
    List<Object> all = new ArrayList<>();
    Iterator<Object> iterator = iterate(work, value);
    while (iterator.hasNext()) {
      all.add(iterator.next());
      if (all.size() > Work.MOST_LENGTH) {
        work.builds(all.size());
      }
    }
    return all;
  }

  /** Whether {@code reversed} takes it. */
  public static boolean isReversible(Object value) {
    return hasLength(value);
  }

  /** The elements from the last to the first; only of what is reversible. */
  public static List<Object> reversed(Work work, Object value) {
    List<Object> all = all(work, value);
    Collections.reverse(all);
    return all;
  }
}
