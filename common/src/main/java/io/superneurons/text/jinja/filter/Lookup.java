package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Attributes;
import io.superneurons.text.python.operators.StringCase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Attributes of elements by a path such as {@code content.0.text}, as filters take them. */
final class Lookup {
  private final Work work;
  private final List<Object> path;
  private final Object otherwise;

  private Lookup(Work work, List<Object> path, Object otherwise) {
    this.work = work;
    this.path = path;
    this.otherwise = otherwise;
  }

  /**
   * A lookup.
   *
   * @param attribute a path, a number, or None for the element itself
   * @param otherwise what stands for what is undefined, unless it is None
   */
  static Lookup of(Work work, Object attribute, Object otherwise) {
    List<Object> path = new ArrayList<>();
    if (attribute instanceof String text) {
      for (String part : text.split("\\.", -1)) {
        boolean number = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
        path.add(number && part.length() < 20 ? new BigInteger(part) : part);
      }
    } else if (attribute != null) {
      path.add(attribute);
    }
    return new Lookup(work, path, otherwise);
  }

  Object in(Object element) {
    Object value = element;
    for (Object part : path) {
      value = Attributes.item(work, value, part);
      if (otherwise != null && value instanceof Undefined) {
        value = otherwise;
      }
    }
    return value;
  }

  /** The attribute, in small letters unless case makes a difference. */
  Object key(Object element, boolean caseSensitive) {
    return folded(in(element), caseSensitive);
  }

  static Object folded(Object value, boolean caseSensitive) {
    if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    }
    return !caseSensitive && value instanceof String text ? StringCase.lower(text) : value;
  }
}
