package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that take a test, a filter or an attribute for each element. */
final class SelectFilters {
  private SelectFilters() {}

  static Object map(Work work, Object value, Arguments arguments) {
    return OneShot.of(
        () -> {
          List<Object> mapped = new ArrayList<>();
          if (Types.isTrue(value)) {
            UnaryOperator<Object> function = mapping(work, arguments);
            for (Object item : Iteration.all(work, value)) {
              mapped.add(function.apply(item));
            }
          }
          return mapped;
        });
  }

  private static UnaryOperator<Object> mapping(Work work, Arguments arguments) {
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Bound bound = arguments.bind("map", "attribute", "default?");
      return Lookup.of(work, bound.get("attribute"), bound.get("default"))::in;
    } else if (arguments.positional().isEmpty()) {
      throw new PythonException("map requires a filter argument");
    }
    String name = name(arguments.positional().get(0));
    Filter filter =
        Filters.named(name).orElseThrow(() -> new PythonException(Filters.missing(name)));
    Arguments rest = arguments.without(1);
    return item -> filter.apply(work, item, rest);
  }

  private static String name(Object name) {
    if (name instanceof String text) {
      return text;
    }
    throw new PythonException("a filter or test is named by a string, not " + Types.name(name));
  }

  /**
   * The filter {@code select} or one of its kind.
   *
   * @param takes whether it takes the elements for which the test holds, or the others
   * @param byAttribute whether the test is of an attribute, which is the first argument
   */
  static Filter choosing(boolean takes, boolean byAttribute) {
    return (work, value, arguments) ->
        OneShot.of(
            () -> {
              List<Object> chosen = new ArrayList<>();
              if (Types.isTrue(value)) {
                Predicate<Object> test = test(work, arguments, byAttribute);
                for (Object item : Iteration.all(work, value)) {
                  if (test.test(item) == takes) {
                    chosen.add(item);
                  }
                }
              }
              return chosen;
            });
  }

  private static Predicate<Object> test(Work work, Arguments given, boolean byAttribute) {
    if (byAttribute && given.positional().isEmpty()) {
      throw new PythonException("Missing parameter for attribute name");
    }
    Lookup lookup = Lookup.of(work, byAttribute ? given.positional().get(0) : null, null);
    Arguments rest = byAttribute ? given.without(1) : given;
    if (rest.positional().isEmpty()) {
      return item -> Types.isTrue(lookup.in(item));
    }
    String name = name(rest.positional().get(0));
    Test test = Tests.named(name).orElseThrow(() -> new PythonException(Tests.missing(name)));
    Arguments arguments = rest.without(1);
    return item -> test.holds(work, lookup.in(item), arguments);
  }
}
