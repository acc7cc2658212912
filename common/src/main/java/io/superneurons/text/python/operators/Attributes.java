package io.superneurons.text.python.operators;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.DictView;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.PythonRange;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Slices;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code value.name} and {@code value[key]} as Jinja2's immutable sandbox reads them: the one tries
 * attributes first, the other elements first. What would change a value is an error.
 */
public final class Attributes {
  private static final Set<String> DICT_METHODS = Set.of("get", "items", "keys", "values");
  private static final Set<String> DICT_OTHERS =
      Set.of("clear", "copy", "fromkeys", "pop", "popitem", "setdefault", "update");
  private static final Set<String> SEQUENCE_METHODS = Set.of("count", "index");
  private static final Set<String> LIST_OTHERS =
      Set.of("append", "clear", "copy", "extend", "insert", "pop", "remove", "reverse", "sort");

  /** Attributes of other types, of which none is supported. */
  private static final Set<String> OTHERS =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "close",
          "conjugate",
          "count",
          "denominator",
          "from_bytes",
          "fromhex",
          "gi_code",
          "gi_frame",
          "gi_running",
          "gi_suspended",
          "gi_yieldfrom",
          "hex",
          "imag",
          "index",
          "is_integer",
          "isdisjoint",
          "mapping",
          "numerator",
          "real",
          "send",
          "start",
          "step",
          "stop",
          "throw",
          "to_bytes");

  private Attributes() {}

  /**
   * {@code value.name}.
   *
   * @throws PythonException if the value is undefined, or the attribute is not supported
   */
  public static Object attribute(Work work, Object value, String name) {
    requireAttributes(value);
    Optional<Slices.Element> own = own(work, value, name);
    if (own.isPresent()) {
      return own.get().value();
    } else if (value instanceof PythonDict dict && dict.has(name)) {
      return dict.get(name);
    }
    return missing(value, name);
  }

  /**
   * An attribute that is none of the elements.
   *
   * @throws PythonException if the value is undefined, or the attribute is not supported
   */
  public static Object attributeOnly(Work work, Object value, String name) {
    requireAttributes(value);
    Optional<Slices.Element> own = own(work, value, name);
    return own.isPresent() ? own.get().value() : missing(value, name);
  }

  /**
   * {@code value[key]}.
   *
   * @throws PythonException if the value is undefined, or the attribute is not supported
   */
  public static Object item(Work work, Object value, Object key) {
    requireAttributes(value);
    Optional<Slices.Element> element = element(work, value, key);
    if (element.isEmpty() && key instanceof String name) {
      element = own(work, value, name);
    }
    return element.isPresent() ? element.get().value() : missing(value, key);
  }

  private static void requireAttributes(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    }
  }

  private static Undefined missing(Object value, Object key) {
    String kind = value == null ? "None" : "'" + Types.name(value) + " object'";
    return new Undefined(
        key instanceof String || Types.isNumber(key)
            ? kind + " has no attribute or element '" + key + "'"
            : kind + " has no such element");
  }

  private static Optional<Slices.Element> element(Work work, Object value, Object key) {
    if (value instanceof PythonDict dict) {
      boolean there = isKey(key) && dict.has(key);
      return there ? Optional.of(new Slices.Element(dict.get(key))) : Optional.empty();
    }
    boolean whole = Types.isInteger(key) || key instanceof Boolean;
    return whole ? Slices.element(work, value, Types.integer(key)) : Optional.empty();
  }

  /** A list as a key is an error in Python, which Jinja2 takes for a key that is not there. */
  private static boolean isKey(Object key) {
    return key instanceof PythonTuple
        || !(key instanceof PythonSequence || key instanceof PythonDict || key instanceof DictView);
  }

  /** An attribute that the type has in Python. */
  private static Optional<Slices.Element> own(Work work, Object value, String name) {
    if (name.startsWith("__")) {
      throw new PythonException("access to '" + name + "' is not supported");
    } else if (value instanceof PythonObject object) {
      return object.hasAttribute(name)
          ? Optional.of(new Slices.Element(object.attribute(name)))
          : Optional.empty();
    } else if (value instanceof PythonTuple tuple && tuple.hasName(name)) {
      return Optional.of(new Slices.Element(tuple.get(name)));
    }
    return method(work, value, name).map(Slices.Element::new);
  }

  private static Optional<PythonFunction> method(Work work, Object value, String name) {
    if (value instanceof String text) {
      return StringMethods.has(name)
          ? Optional.of(StringMethods.of(work, text, name))
          : Optional.empty();
    } else if (value instanceof PythonDict dict) {
      refuse(value, name, DICT_OTHERS);
      return DICT_METHODS.contains(name) ? Optional.of(ofDict(dict, name)) : Optional.empty();
    } else if (value instanceof PythonSequence sequence) {
      if (!(value instanceof PythonTuple)) {
        refuse(value, name, LIST_OTHERS);
      }
      return SEQUENCE_METHODS.contains(name)
          ? Optional.of(ofSequence(work, sequence, name))
          : Optional.empty();
    } else if (Types.isNumber(value) || value instanceof PythonRange) {
      refuse(value, name, OTHERS);
    } else if (value instanceof DictView || value instanceof OneShot) {
      refuse(value, name, OTHERS);
    }
    return Optional.empty();
  }

  private static void refuse(Object value, String name, Set<String> names) {
    if (names.contains(name)) {
      throw new PythonException(
          Types.name(value)
              + "."
              + name
              + " is not supported in a template, which changes nothing");
    }
  }

  private static PythonFunction ofDict(PythonDict dict, String name) {
    if (name.equals("get")) {
      return arguments -> {
        List<Object> given = arguments.positionalOnly("dict.get", 1, 2);
        Object otherwise = given.size() > 1 ? given.get(1) : null;
        return dict.has(given.get(0)) ? dict.get(given.get(0)) : otherwise;
      };
    }
    DictView view =
        new DictView(
            dict,
            switch (name) {
              case "items" -> DictView.Kind.ITEMS;
              case "keys" -> DictView.Kind.KEYS;
              default -> DictView.Kind.VALUES;
            });
    return arguments -> {
      arguments.positionalOnly("dict." + name, 0, 0);
      return view;
    };
  }

  private static PythonFunction ofSequence(Work work, PythonSequence sequence, String name) {
    return arguments -> {
      Bound bound =
          new Arguments(arguments.positionalOnly(name, 1, 1), arguments.named())
              .bind(name, "value");
      List<Object> items = Iteration.all(work, sequence);
      long count = 0;
      for (int i = 0; i < items.size(); i++) {
        boolean found = Comparison.equal(work, items.get(i), bound.get("value"));
        if (found && name.equals("index")) {
          return BigInteger.valueOf(i);
        }
        count += found ? 1 : 0;
      }
      if (name.equals("index")) {
        throw new PythonException("the value is not in the " + Types.name(sequence));
      }
      return BigInteger.valueOf(count);
    };
  }
}
