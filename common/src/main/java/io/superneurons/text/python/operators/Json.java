package io.superneurons.text.python.operators;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes values as Python's {@code json.dumps} does, with the defaults of the filter {@code tojson}
 * of Hugging Face transformers.
 */
public final class Json {
  private final Work work;
  private final boolean ascii;
  private final boolean sorted;

  /** What a level is indented by; null for one line. */
  private final String indent;

  private final String between;
  private final String colon;
  private final StringBuilder result = new StringBuilder();

  private Json(Work work, Bound options) {
    this.work = work;
    ascii = options.truthOr("ensure_ascii", false);
    sorted = options.truthOr("sort_keys", false);
    indent = indent(work, options);
    List<String> separators = separators(options);
    between = separators.get(0);
    colon = separators.get(1);
  }

  /**
   * The JSON text.
   *
   * @param options the filter's: ensure_ascii, indent, separators, sort_keys
   * @throws PythonException if the value has something that JSON cannot have
   */
  public static String write(Work work, Object value, Arguments options) {
    Json json =
        new Json(
            work, options.bind("tojson", "ensure_ascii?", "indent?", "separators?", "sort_keys?"));
    json.value(value, 0);
    return json.result.toString();
  }

  private static String indent(Work work, Bound options) {
    Object given = options.get("indent");
    if (given == null || given instanceof String) {
      return (String) given;
    }
    return " ".repeat(Math.max(0, checked(work, options.intOr("indent", 0))));
  }

  private static int checked(Work work, int width) {
    work.builds(width);
    return width;
  }

  private List<String> separators(Bound options) {
    Object given = options.get("separators");
    if (given == null) {
      return List.of(indent == null ? ", " : ",", ": ");
    }
    if (given instanceof PythonSequence pair
        && pair.items().size() == 2
        && pair.items().get(0) instanceof String first
        && pair.items().get(1) instanceof String second) {
      return List.of(first, second);
    }
    throw new PythonException("tojson() takes two strings as separators");
  }

  private void value(Object value, int depth) {
    work.enter();
    if (value instanceof PythonDict dict) {
      dict(dict, depth);
    } else if (value instanceof PythonSequence sequence) {
      sequence(sequence.items(), depth);
    } else if (value instanceof String text) {
      string(text);
    } else {
      append(scalar(value));
    }
    work.leave();
  }

  private static String scalar(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Boolean truth) {
      return truth ? "true" : "false";
    } else if (value instanceof BigInteger number) {
      return Repr.decimal(number);
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof Undefined undefined) {
      throw new PythonException(
          "Object of type Undefined is not JSON serializable: " + undefined.reason());
    }
    throw new PythonException("Object of type " + Types.name(value) + " is not JSON serializable");
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number) ? number > 0 ? "Infinity" : "-Infinity" : Floats.repr(number);
  }

  private void sequence(List<Object> items, int depth) {
    if (items.isEmpty()) {
      append("[]");
      return;
    }
    append("[");
    for (int i = 0; i < items.size(); i++) {
      append(i == 0 ? "" : between);
      newline(depth + 1);
      value(items.get(i), depth + 1);
    }
    newline(depth);
    append("]");
  }

  private void dict(PythonDict dict, int depth) {
    if (dict.size() == 0) {
      append("{}");
      return;
    }
    List<Object> keys = new ArrayList<>(dict.keys());
    if (sorted) {
      keys.sort((left, right) -> Comparison.compare(work, left, right));
    }
    append("{");
    for (int i = 0; i < keys.size(); i++) {
      append(i == 0 ? "" : between);
      newline(depth + 1);
      string(key(keys.get(i)));
      append(colon);
      value(dict.get(keys.get(i)), depth + 1);
    }
    newline(depth);
    append("}");
  }

  private static String key(Object key) {
    if (key instanceof String text) {
      return text;
    } else if (key == null || Types.isNumber(key)) {
      return scalar(key);
    }
    throw new PythonException("keys must be str, int, float, bool or None, not " + Types.name(key));
  }

  private void newline(int depth) {
    if (indent != null) {
      work.builds((long) indent.length() * depth);
      append("\n" + indent.repeat(depth));
    }
  }

  private void append(String text) {
    work.steps(text.length());
    result.append(text);
    if (result.length() > Work.MOST_LENGTH) {
      work.builds(result.length());
    }
  }

  private void string(String text) {
    work.builds(text.length());
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i), quoted);
    }
    append(quoted.append('"').toString());
  }

  private void character(char c, StringBuilder quoted) {
    switch (c) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      default -> {
        if (c < ' ' || ascii && c > '~') {
          quoted.append("\\u").append(HexFormat.of().toHexDigits((short) c));
        } else {
          quoted.append(c);
        }
      }
    }
  }
}
