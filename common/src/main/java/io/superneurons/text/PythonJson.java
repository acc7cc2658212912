package io.superneurons.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes values as Python's {@code json.dumps(value, ensure_ascii=False)} does. */
final class PythonJson {
  private final int indent;
  private final StringBuilder result = new StringBuilder();

  private PythonJson(int indent) {
    this.indent = indent;
  }

  /**
   * The JSON text.
   *
   * @param indent a number of spaces, or null for one line
   */
  static String write(Object value, Object indent) {
    PythonJson json = new PythonJson(indent instanceof Number number ? number.intValue() : -1);
    json.value(value, 0);
    return json.result.toString();
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      List<Runnable> members = new ArrayList<>();
      map.forEach(
          (key, member) ->
              members.add(
                  () -> {
                    string(String.valueOf(key));
                    result.append(": ");
                    value(member, depth + 1);
                  }));
      group("{", members, "}", depth);
    } else if (value instanceof Iterable<?> list) {
      List<Runnable> members = new ArrayList<>();
      list.forEach(member -> members.add(() -> value(member, depth + 1)));
      group("[", members, "]", depth);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      result.append(value);
    } else {
      string(value.toString());
    }
  }

  private void group(String open, List<Runnable> members, String close, int depth) {
    result.append(open);
    for (int i = 0; i < members.size(); i++) {
      result.append(i == 0 ? "" : indent < 0 ? ", " : ",");
      newline(depth + 1);
      members.get(i).run();
    }
    if (!members.isEmpty()) {
      newline(depth);
    }
    result.append(close);
  }

  private void newline(int depth) {
    if (indent >= 0) {
      result.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void string(String text) {
    result.append('"');
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> result.append("\\\"");
        case '\\' -> result.append("\\\\");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        case '\b' -> result.append("\\b");
        case '\f' -> result.append("\\f");
        default ->
            result.append(
                c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    result.append('"');
  }
}
