package io.superneurons.text.python.operators;

import io.superneurons.text.python.DictView;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.PythonRange;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/** How Python prints values. */
public final class Repr {
  private final Work work;
  private final StringBuilder result = new StringBuilder();

  private Repr(Work work) {
    this.work = work;
  }

  /**
   * What {@code str} gives.
   *
   * @throws PythonException if that is an address in Python's memory
   */
  public static String str(Work work, Object value) {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof PythonMarkup markup) {
      return markup.text();
    }
    return value instanceof Undefined ? "" : repr(work, value);
  }

  /**
   * What {@code repr} gives.
   *
   * @throws PythonException if that is an address in Python's memory
   */
  public static String repr(Work work, Object value) {
    Repr repr = new Repr(work);
    repr.add(value);
    return repr.result.toString();
  }

  private void add(Object value) {
    work.enter();
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof PythonSequence sequence) {
      sequence(sequence);
    } else if (value instanceof PythonDict dict) {
      dict(dict);
    } else if (value instanceof DictView view) {
      write(Types.name(view) + "(");
      add(new PythonList(view.items()));
      write(")");
    } else if (value instanceof PythonRange range) {
      String step = range.step().equals(BigInteger.ONE) ? "" : ", " + range.step();
      write("range(" + range.start() + ", " + range.stop() + step + ")");
    } else if (value instanceof PythonObject object) {
      write(object.repr(work));
    } else {
      write(scalar(value));
    }
    work.leave();
  }

  private static String scalar(Object value) {
    if (value == null) {
      return "None";
    } else if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    } else if (value instanceof Double number) {
      return Floats.repr(number);
    } else if (value instanceof BigInteger number) {
      return decimal(number);
    } else if (value instanceof Undefined) {
      return "Undefined";
    } else if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    }
    throw new PythonException(
        "it prints a function or an iterator ("
            + Types.name(value)
            + "), of which Python shows the address; call it, or make it a list");
  }

  static String decimal(BigInteger number) {
    String digits = number.toString();
    if (digits.length() > Numerals.MOST_DIGITS + 1) {
      throw new PythonException("an integer of more than " + Numerals.MOST_DIGITS + " digits");
    }
    return digits;
  }

  private void write(String text) {
    work.builds(text.length());
    result.append(text);
    if (result.length() > Work.MOST_LENGTH) {
      work.builds(result.length());
    }
  }

  private void sequence(PythonSequence sequence) {
    boolean tuple = sequence instanceof PythonTuple;
    List<Object> items = sequence.items();
    write(tuple ? "(" : "[");
    for (int i = 0; i < items.size(); i++) {
      write(i == 0 ? "" : ", ");
      add(items.get(i));
    }
    write(tuple ? items.size() == 1 ? ",)" : ")" : "]");
  }

  private void dict(PythonDict dict) {
    write("{");
    String between = "";
    for (Object key : dict.keys()) {
      write(between);
      add(key);
      write(": ");
      add(dict.get(key));
      between = ", ";
    }
    write("}");
  }

  private void string(String text) {
    work.builds(text.length());
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> character(c, quote, quoted));
    write(quoted.append(quote).toString());
  }

  private static void character(int c, char quote, StringBuilder quoted) {
    switch (c) {
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (c == quote) {
          quoted.append('\\').append(quote);
        } else if (isPrintable(c)) {
          quoted.appendCodePoint(c);
        } else {
          escape(c, quoted);
        }
      }
    }
  }

  private static void escape(int c, StringBuilder quoted) {
    HexFormat hex = HexFormat.of();
    if (c < 0x100) {
      quoted.append("\\x").append(hex.toHexDigits((byte) c));
    } else if (c < 0x10000) {
      quoted.append("\\u").append(hex.toHexDigits((short) c));
    } else {
      quoted.append("\\U").append(hex.toHexDigits(c));
    }
  }

  private static boolean isPrintable(int c) {
    switch (Character.getType(c)) {
      case Character.UNASSIGNED ->
          throw new PythonException(
              "U+"
                  + HexFormat.of().withUpperCase().toHexDigits(c)
                  + " in a list or dict that is printed is a character that this version does not"
                  + " know");
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> {
        return false;
      }
      default -> {
        return c == ' ' || Character.getType(c) != Character.SPACE_SEPARATOR;
      }
    }
  }
}
