package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Attributes;
import io.superneurons.text.python.operators.Repr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Filters of what has elements. */
final class SequenceFilters {
  private SequenceFilters() {}

  static Object length(Work work, Object value, Arguments arguments) {
    arguments.bind("length");
    if (!Iteration.hasLength(value)) {
      throw new PythonException("object of type '" + Types.name(value) + "' has no len()");
    }
    return BigInteger.valueOf(Iteration.length(work, value));
  }

  static Object orDefault(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("default", "default_value?", "boolean?");
    boolean replaced =
        value instanceof Undefined || bound.truthOr("boolean", false) && !Types.isTrue(value);
    return replaced ? bound.getOr("default_value", "") : value;
  }

  static Object attr(Work work, Object value, Arguments arguments) {
    return Attributes.attributeOnly(work, value, arguments.bind("attr", "name").text("name"));
  }

  static Object first(Work work, Object value, Arguments arguments) {
    arguments.bind("first");
    Iterator<Object> items = Iteration.iterate(work, value);
    return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
  }

  static Object last(Work work, Object value, Arguments arguments) {
    arguments.bind("last");
    if (!Iteration.isReversible(value)) {
      throw new PythonException("'" + Types.name(value) + "' object is not reversible");
    }
    List<Object> all = Iteration.all(work, value);
    return all.isEmpty()
        ? new Undefined("No last item, sequence was empty.")
        : all.get(all.size() - 1);
  }

  static Object list(Work work, Object value, Arguments arguments) {
    arguments.bind("list");
    return new PythonList(Iteration.all(work, value));
  }

  static Object items(Work work, Object value, Arguments arguments) {
    arguments.bind("items");
    return OneShot.of(
        () -> {
          if (value instanceof Undefined) {
            return List.of();
          } else if (!(value instanceof PythonDict dict)) {
            throw new PythonException("Can only get item pairs from a mapping.");
          } else {
            work.builds(dict.size());
            return dict.pairs();
          }
        });
  }

  static Object reverse(Work work, Object value, Arguments arguments) {
    arguments.bind("reverse");
    if (value instanceof String text) {
      work.builds(text.length());
      return reversed(text);
    }
    List<Object> back = Iteration.reversed(work, value);
    return Iteration.isReversible(value) ? new OneShot(back.iterator()) : new PythonList(back);
  }

  private static String reversed(String text) {
    StringBuilder back = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int i = points.length - 1; i >= 0; i--) {
      back.appendCodePoint(points[i]);
    }
    return back.toString();
  }

  static Object join(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("join", "d?", "attribute?");
    Lookup lookup = Lookup.of(work, bound.get("attribute"), null);
    List<String> parts = new ArrayList<>();
    for (Object item : Iteration.all(work, value)) {
      parts.add(Repr.str(work, lookup.in(item)));
    }
    return Text.join(work, Repr.str(work, bound.getOr("d", "")), parts);
  }
}
