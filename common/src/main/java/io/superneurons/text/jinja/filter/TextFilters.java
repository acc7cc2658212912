package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Arithmetic;
import io.superneurons.text.python.operators.Arithmetic.Operator;
import io.superneurons.text.python.operators.Attributes;
import io.superneurons.text.python.operators.Repr;
import io.superneurons.text.python.operators.StringCase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that give texts. */
final class TextFilters {
  /** What pprint prints on one line. */
  private static final int WIDTH = 80;

  private TextFilters() {}

  /** The value as a string, counted. */
  private static String text(Work work, Object value) {
    if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    }
    String text = Repr.str(work, value);
    work.builds(text.length());
    return text;
  }

  /** Calls a method of Python's strings. */
  private static Object method(Work work, Object value, String name, Object... arguments) {
    Object method = Attributes.attribute(work, text(work, value), name);
    return ((PythonFunction) method).call(new Arguments(List.of(arguments), Map.of()));
  }

  static Object string(Work work, Object value, Arguments arguments) {
    arguments.bind("string");
    return value instanceof PythonMarkup ? value : text(work, value);
  }

  static Object upper(Work work, Object value, Arguments arguments) {
    arguments.bind("upper");
    return StringCase.upper(text(work, value));
  }

  static Object lower(Work work, Object value, Arguments arguments) {
    arguments.bind("lower");
    return StringCase.lower(text(work, value));
  }

  static Object capitalize(Work work, Object value, Arguments arguments) {
    arguments.bind("capitalize");
    return StringCase.capitalize(text(work, value));
  }

  /** Each word begins with a capital; a word ends at a space, a hyphen or an opening bracket. */
  static Object title(Work work, Object value, Arguments arguments) {
    arguments.bind("title");
    String text = text(work, value);
    StringBuilder result = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      boolean between = endsWord(text.charAt(start));
      int end = start;
      while (end < text.length() && endsWord(text.charAt(end)) == between) {
        end++;
      }
      int rest = text.offsetByCodePoints(start, 1);
      result.append(StringCase.upper(text.substring(start, rest)));
      result.append(StringCase.lower(text.substring(rest, end)));
      start = end;
    }
    return result.toString();
  }

  private static boolean endsWord(char c) {
    return Text.isSpace(c) || "-({[<".indexOf(c) >= 0;
  }

  static Object safe(Work work, Object value, Arguments arguments) {
    arguments.bind("safe");
    return value instanceof PythonMarkup ? value : new PythonMarkup(text(work, value));
  }

  static Object escape(Work work, Object value, Arguments arguments) {
    arguments.bind("escape");
    return value instanceof PythonMarkup ? value : escaped(work, text(work, value));
  }

  static Object forceescape(Work work, Object value, Arguments arguments) {
    arguments.bind("forceescape");
    return escaped(work, Repr.str(work, value));
  }

  /** For HTML. */
  private static PythonMarkup escaped(Work work, String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&#34;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    work.builds(escaped.length());
    return new PythonMarkup(escaped.toString());
  }

  static Object trim(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("trim", "chars?");
    return bound.get("chars") == null
        ? Text.strip(text(work, value))
        : method(work, value, "strip", bound.text("chars"));
  }

  static Object center(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("center", "width?");
    return method(work, value, "center", bound.getOr("width", BigInteger.valueOf(80)));
  }

  static Object replace(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("replace", "old", "new", "count?");
    Object count = bound.get("count") == null ? BigInteger.ONE.negate() : bound.get("count");
    return method(
        work, value, "replace", text(work, bound.get("old")), text(work, bound.get("new")), count);
  }

  static Object format(Work work, Object value, Arguments arguments) {
    if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
      throw new PythonException("can't handle positional and keyword arguments at the same time");
    }
    Object values =
        arguments.named().isEmpty()
            ? new PythonTuple(arguments.positional())
            : PythonDict.of(arguments.named());
    return Arithmetic.apply(work, Operator.REMAINDER, text(work, value), values);
  }

  static Object wordcount(Work work, Object value, Arguments arguments) {
    arguments.bind("wordcount");
    long words = 0;
    boolean within = false;
    for (int c : text(work, value).codePoints().toArray()) {
      words += Text.isWord(c) && !within ? 1 : 0;
      within = Text.isWord(c);
    }
    return BigInteger.valueOf(words);
  }

  static Object indent(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("indent", "width?", "first?", "blank?");
    String text = required("indent", value);
    work.builds(text.length());
    Object width = bound.getOr("width", BigInteger.valueOf(4));
    String indention =
        width instanceof String given
            ? given
            : (String) Arithmetic.apply(work, Operator.MULTIPLY, " ", width);
    List<String> lines = Text.lines(text + "\n");
    List<String> indented = new ArrayList<>();
    boolean blank = bound.truthOr("blank", false);
    for (int i = 0; i < lines.size(); i++) {
      boolean indents = i > 0 && (blank || !lines.get(i).isEmpty());
      work.builds(indention.length() + (long) lines.get(i).length());
      indented.add(indents ? indention + lines.get(i) : lines.get(i));
    }
    String result = Text.join(work, "\n", indented);
    return bound.truthOr("first", false) ? Text.join(work, "", List.of(indention, result)) : result;
  }

  private static String required(String filter, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (value instanceof String text) {
      return text;
    }
    throw new PythonException(filter + " takes a string, not '" + Types.name(value) + "'");
  }

  static Object truncate(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("truncate", "length?", "killwords?", "end?", "leeway?");
    String end = bound.has("end") ? bound.text("end") : "...";
    int length = bound.intOr("length", 255);
    int leeway = bound.get("leeway") == null ? 5 : bound.intOr("leeway", 5);
    if (length < Text.length(end) || leeway < 0) {
      throw new PythonException("truncate() to less than its end, or with a negative leeway");
    } else if (Iteration.length(work, value) <= (long) length + leeway) {
      return value;
    }
    String text = required("truncate", value);
    String cut = text.substring(0, text.offsetByCodePoints(0, length - Text.length(end)));
    boolean whole = bound.truthOr("killwords", false) || !cut.contains(" ");
    return (whole ? cut : cut.substring(0, cut.lastIndexOf(' '))) + end;
  }

  static Object striptags(Work work, Object value, Arguments arguments) {
    arguments.bind("striptags");
    String text = text(work, value);
    Matcher tag = Pattern.compile("<!--(?s:.*?)-->|<(?!!--)[^>]*+>").matcher(text);
    String plain = text.contains("<!--") ? "<!--" : tag.replaceAll("");
    if (plain.contains("&") || plain.contains("<!--")) {
      throw new PythonException("striptags of entities and comments is not supported");
    }
    List<String> words = new ArrayList<>();
    for (Object word : ((PythonSequence) method(work, plain, "split")).items()) {
      words.add((String) word);
    }
    return Text.join(work, " ", words);
  }

  static Object pprint(Work work, Object value, Arguments arguments) {
    arguments.bind("pprint");
    boolean nested = value instanceof PythonSequence || value instanceof PythonDict;
    String text = Repr.repr(work, value);
    if (nested || Text.length(text) > WIDTH) {
      throw new PythonException("pprint of lists, dicts and long texts is not supported");
    }
    return text;
  }
}
