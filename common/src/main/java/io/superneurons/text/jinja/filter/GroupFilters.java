package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Filters that put elements into lists. */
final class GroupFilters {
  private GroupFilters() {}

  static Object batch(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("batch", "linecount", "fill_with?");
    int size = positive(bound, "linecount");
    return OneShot.of(
        () -> {
          List<Object> all = Iteration.all(work, value);
          List<Object> batches = new ArrayList<>();
          for (int from = 0; from < all.size(); from += size) {
            int to = (int) Math.min(all.size(), (long) from + size);
            batches.add(filled(work, all.subList(from, to), size, bound.get("fill_with")));
          }
          return batches;
        });
  }

  private static int positive(Bound bound, String name) {
    int number = bound.intOr(name, 0);
    if (number < 1) {
      throw new PythonException(
          bound.function() + " into parts of " + number + " is not supported");
    }
    return number;
  }

  private static PythonList filled(Work work, List<Object> items, int size, Object fill) {
    List<Object> part = new ArrayList<>(items);
    if (fill != null) {
      work.builds(size);
      part.addAll(Collections.nCopies(size - items.size(), fill));
    }
    return new PythonList(part);
  }

  static Object slice(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("slice", "slices", "fill_with?");
    int count = positive(bound, "slices");
    return OneShot.of(
        () -> {
          List<Object> all = Iteration.all(work, value);
          work.builds(count);
          int size = all.size() / count;
          int larger = all.size() % count;
          List<Object> slices = new ArrayList<>();
          int from = 0;
          for (int i = 0; i < count; i++) {
            int to = from + size + (i < larger ? 1 : 0);
            Object fill = i < larger ? null : bound.get("fill_with");
            slices.add(
                filled(work, all.subList(from, to), to - from + (fill == null ? 0 : 1), fill));
            from = to;
          }
          return slices;
        });
  }

  static Object groupby(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("groupby", "attribute", "default?", "case_sensitive?");
    boolean caseSensitive = bound.truthOr("case_sensitive", false);
    Lookup lookup = Lookup.of(work, bound.get("attribute"), bound.get("default"));
    List<Object> sorted =
        SortFilters.sorted(
            work, Iteration.all(work, value), item -> lookup.key(item, caseSensitive), false);
    List<Object> groups = new ArrayList<>();
    int from = 0;
    while (from < sorted.size()) {
      Object key = lookup.key(sorted.get(from), caseSensitive);
      int to = from + 1;
      while (to < sorted.size()
          && Comparison.equal(work, key, lookup.key(sorted.get(to), caseSensitive))) {
        to++;
      }
      PythonList items = new PythonList(new ArrayList<>(sorted.subList(from, to)));
      groups.add(PythonTuple.of(lookup.in(sorted.get(from)), items).named("grouper", "list"));
      from = to;
    }
    return new PythonList(groups);
  }
}
