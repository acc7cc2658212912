package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.HashKey;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Comparison;
import io.superneurons.text.python.operators.Comparison.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters that compare elements. */
final class SortFilters {

  /** An element and what it is sorted by. */
  private record Keyed(Object key, Object item) {}

  private SortFilters() {}

  /** Elements in order; equal ones stay as they are, also in reverse. */
  static List<Object> sorted(
      Work work, List<Object> items, UnaryOperator<Object> key, boolean reverse) {
    List<Keyed> keyed = new ArrayList<>();
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    Comparator<Keyed> order = (left, right) -> Comparison.compare(work, left.key, right.key);
    keyed.sort(reverse ? order.reversed() : order);
    List<Object> sorted = new ArrayList<>();
    keyed.forEach(one -> sorted.add(one.item));
    return sorted;
  }

  static Object sort(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("sort", "reverse?", "case_sensitive?", "attribute?");
    boolean caseSensitive = bound.truthOr("case_sensitive", false);
    List<Lookup> lookups = new ArrayList<>();
    if (bound.get("attribute") instanceof String paths) {
      for (String path : paths.split(",", -1)) {
        lookups.add(Lookup.of(work, path, null));
      }
    } else {
      lookups.add(Lookup.of(work, bound.get("attribute"), null));
    }
    UnaryOperator<Object> key =
        item -> {
          List<Object> keys = new ArrayList<>();
          lookups.forEach(lookup -> keys.add(lookup.key(item, caseSensitive)));
          return new PythonList(keys);
        };
    return new PythonList(
        sorted(work, Iteration.all(work, value), key, bound.truthOr("reverse", false)));
  }

  static Object dictsort(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("dictsort", "case_sensitive?", "by?", "reverse?");
    String by = bound.has("by") ? bound.text("by") : "key";
    if (!Set.of("key", "value").contains(by)) {
      throw new PythonException("You can only sort by either \"key\" or \"value\"");
    } else if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (!(value instanceof PythonDict dict)) {
      throw new PythonException("'" + Types.name(value) + "' object has no attribute 'items'");
    } else {
      work.builds(dict.size());
      int part = by.equals("key") ? 0 : 1;
      UnaryOperator<Object> key =
          pair ->
              Lookup.folded(
                  ((PythonTuple) pair).items().get(part), bound.truthOr("case_sensitive", false));
      return new PythonList(sorted(work, dict.pairs(), key, bound.truthOr("reverse", false)));
    }
  }

  static Object unique(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("unique", "case_sensitive?", "attribute?");
    Lookup lookup = Lookup.of(work, bound.get("attribute"), null);
    boolean caseSensitive = bound.truthOr("case_sensitive", false);
    return OneShot.of(
        () -> {
          Set<Object> seen = new HashSet<>();
          List<Object> unique = new ArrayList<>();
          for (Object item : Iteration.all(work, value)) {
            if (seen.add(HashKey.of(lookup.key(item, caseSensitive)))) {
              unique.add(item);
            }
          }
          return unique;
        });
  }

  static Object min(Work work, Object value, Arguments arguments) {
    return extreme(work, value, arguments.bind("min", "case_sensitive?", "attribute?"), Order.LESS);
  }

  static Object max(Work work, Object value, Arguments arguments) {
    return extreme(
        work, value, arguments.bind("max", "case_sensitive?", "attribute?"), Order.GREATER);
  }

  private static Object extreme(Work work, Object value, Bound bound, Order order) {
    Lookup lookup = Lookup.of(work, bound.get("attribute"), null);
    boolean caseSensitive = bound.truthOr("case_sensitive", false);
    List<Object> items = Iteration.all(work, value);
    if (items.isEmpty()) {
      return new Undefined("No aggregated item, sequence was empty.");
    }
    Object best = items.get(0);
    Object bestKey = lookup.key(best, caseSensitive);
    for (Object item : items.subList(1, items.size())) {
      Object key = lookup.key(item, caseSensitive);
      if (Comparison.ordered(work, order, key, bestKey)) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }
}
