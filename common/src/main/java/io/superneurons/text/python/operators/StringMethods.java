package io.superneurons.text.python.operators;

import static java.util.Map.entry;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The methods of {@code str}. */
final class StringMethods {

  /** A method on a string. */
  private interface Method {
    Object call(Work work, String self, Arguments arguments);
  }

  /** Methods that Python has and this class has not. */
  private static final Set<String> NOT_SUPPORTED =
      Set.of(
          "casefold",
          "encode",
          "expandtabs",
          "format_map",
          "isidentifier",
          "isnumeric",
          "isprintable",
          "istitle",
          "maketrans",
          "translate");

  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          entry("upper", plain(StringCase::upper)),
          entry("lower", plain(StringCase::lower)),
          entry("capitalize", plain(StringCase::capitalize)),
          entry("title", plain(StringCase::title)),
          entry("swapcase", plain(StringCase::swapped)),
          entry("strip", stripping(true, true)),
          entry("lstrip", stripping(true, false)),
          entry("rstrip", stripping(false, true)),
          entry("split", splitting("split", Splitting::split)),
          entry("rsplit", splitting("rsplit", Splitting::splitFromEnd)),
          entry("splitlines", StringMethods::splitlines),
          entry("partition", (w, self, a) -> partition(self, a, false)),
          entry("rpartition", (w, self, a) -> partition(self, a, true)),
          entry("startswith", affix("startswith", String::startsWith)),
          entry("endswith", affix("endswith", String::endsWith)),
          entry("removeprefix", StringMethods::removePrefix),
          entry("removesuffix", StringMethods::removeSuffix),
          entry("replace", StringMethods::replace),
          entry("join", StringMethods::join),
          entry("find", Searching::find),
          entry("rfind", Searching::findLast),
          entry("index", Searching::index),
          entry("rindex", Searching::indexLast),
          entry("count", Searching::count),
          entry("center", padding("center", StringMethods::before)),
          entry("ljust", padding("ljust", (missing, width) -> 0)),
          entry("rjust", padding("rjust", (missing, width) -> missing)),
          entry("zfill", StringMethods::zfill),
          entry("format", BraceFormat::format),
          entry("isascii", test(self -> self.chars().allMatch(c -> c < 128))),
          entry("isspace", test(self -> all(self, Text::isSpace))),
          entry("isalpha", test(self -> all(self, Character::isLetter))),
          entry("isalnum", test(self -> all(self, Text::isAlphanumeric))),
          entry("isdecimal", test(self -> all(self, Character::isDigit))),
          entry("isdigit", test(self -> all(self, StringMethods::isDigit))),
          entry("isupper", test(StringCase::isUpper)),
          entry("islower", test(StringCase::isLower)));

  private StringMethods() {}

  static boolean has(String name) {
    return METHODS.containsKey(name) || NOT_SUPPORTED.contains(name);
  }

  /** The method of a string; only where it has it. */
  static PythonFunction of(Work work, String self, String name) {
    Method method = METHODS.get(name);
    if (method == null) {
      throw new PythonException("str." + name + " is not supported");
    }
    return arguments -> {
      work.builds(self.length());
      return method.call(work, self, arguments);
    };
  }

  private static Method plain(UnaryOperator<String> change) {
    return (work, self, arguments) -> {
      arguments.positionalOnly("str method", 0, 0);
      return change.apply(self);
    };
  }

  private static Method test(Predicate<String> test) {
    return (work, self, arguments) -> {
      arguments.positionalOnly("str method", 0, 0);
      return test.test(self);
    };
  }

  private static boolean all(String self, IntPredicate test) {
    return !self.isEmpty() && self.codePoints().allMatch(test);
  }

  private static boolean isDigit(int c) {
    if (Character.getType(c) == Character.OTHER_NUMBER) {
      throw new PythonException("str.isdigit of '" + Character.toString(c) + "' is not supported");
    }
    return Character.isDigit(c);
  }

  private static Method stripping(boolean start, boolean end) {
    return (work, self, arguments) -> {
      List<Object> given = arguments.positionalOnly("strip", 0, 1);
      IntPredicate strips =
          given.isEmpty() || given.get(0) == null
              ? Text::isSpace
              : among(requireText("strip", given.get(0)));
      String left = start ? Text.stripStart(self, strips) : self;
      return end ? Text.stripEnd(left, strips) : left;
    };
  }

  private static IntPredicate among(String characters) {
    Set<Integer> wanted = characters.codePoints().boxed().collect(Collectors.toSet());
    return wanted::contains;
  }

  static String requireText(String method, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new PythonException("str." + method + " takes a string, not '" + Types.name(value) + "'");
  }

  /** Cuts a string at a separator, at most so often. */
  private interface Cut {
    List<String> apply(String self, String separator, int most);
  }

  private static Method splitting(String name, Cut cut) {
    return (work, self, arguments) -> {
      Bound bound = arguments.bind("str." + name, "sep?", "maxsplit?");
      return list(cut.apply(self, bound.textOr("sep", null), bound.intOr("maxsplit", -1)));
    };
  }

  private static PythonList list(List<String> texts) {
    return new PythonList(new ArrayList<>(texts));
  }

  private static Object splitlines(Work work, String self, Arguments arguments) {
    Bound bound = arguments.bind("str.splitlines", "keepends?");
    return list(Text.lines(self, bound.truthOr("keepends", false)));
  }

  private static Object partition(String self, Arguments arguments, boolean last) {
    String separator =
        Splitting.required(
            requireText("partition", arguments.positionalOnly("partition", 1, 1).get(0)));
    int at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at < 0) {
      return last ? PythonTuple.of("", "", self) : PythonTuple.of(self, "", "");
    }
    return new PythonTuple(Splitting.around(self, separator, at));
  }

  /** Whether a string begins or ends with another. */
  private interface Affix {
    boolean test(String self, String part);
  }

  private static Method affix(String name, Affix affix) {
    return (work, self, arguments) -> {
      List<Object> given = arguments.positionalOnly(name, 1, 3);
      if (given.size() > 1) {
        throw new PythonException("str." + name + " with bounds is not supported");
      }
      List<Object> parts =
          given.get(0) instanceof PythonTuple many
              ? many.items()
              : Collections.singletonList(given.get(0));
      work.steps(parts.size());
      boolean found = false;
      for (Object part : parts) {
        found = found || affix.test(self, requireText(name, part));
      }
      return found;
    };
  }

  private static Object removePrefix(Work work, String self, Arguments arguments) {
    String prefix =
        requireText("removeprefix", arguments.positionalOnly("removeprefix", 1, 1).get(0));
    return self.startsWith(prefix) ? self.substring(prefix.length()) : self;
  }

  private static Object removeSuffix(Work work, String self, Arguments arguments) {
    String suffix =
        requireText("removesuffix", arguments.positionalOnly("removesuffix", 1, 1).get(0));
    return self.endsWith(suffix) ? self.substring(0, self.length() - suffix.length()) : self;
  }

  private static Object replace(Work work, String self, Arguments arguments) {
    List<Object> given = arguments.positionalOnly("replace", 2, 3);
    Bound count = new Arguments(given.subList(2, given.size()), Map.of()).bind("replace", "count?");
    return replaced(
        work,
        self,
        requireText("replace", given.get(0)),
        requireText("replace", given.get(1)),
        count.intOr("count", -1));
  }

  /** {@code str.replace}; negative for all. */
  static String replaced(Work work, String self, String old, String replacement, int most) {
    work.builds(self.length());
    return Splitting.replace(work, self, old, replacement, most);
  }

  private static Object join(Work work, String self, Arguments arguments) {
    List<String> parts = new ArrayList<>();
    for (Object part : Iteration.all(work, arguments.positionalOnly("join", 1, 1).get(0))) {
      parts.add(requireText("join", part));
    }
    return Text.join(work, self, parts);
  }

  /** How many of the missing characters stand before the text. */
  private interface Share {
    int before(int missing, int width);
  }

  private static int before(int missing, int width) {
    return missing / 2 + (missing & width & 1);
  }

  private static Method padding(String name, Share share) {
    return (work, self, arguments) -> {
      List<Object> given = arguments.positionalOnly(name, 1, 2);
      String fill = given.size() > 1 ? requireText(name, given.get(1)) : " ";
      if (Text.length(fill) != 1) {
        throw new PythonException("The fill character must be exactly one character long");
      }
      BigInteger wide = Types.requireInteger(given.get(0));
      if (wide.bitLength() > 30) {
        work.builds(Integer.MAX_VALUE);
      }
      int width = wide.intValue();
      int missing = Math.max(0, width - Text.length(self));
      work.builds(missing);
      int before = share.before(missing, width);
      return fill.repeat(before) + self + fill.repeat(missing - before);
    };
  }

  private static Object zfill(Work work, String self, Arguments arguments) {
    Bound bound = arguments.bind("zfill", "width");
    int missing = Math.max(0, bound.intOr("width", 0) - Text.length(self));
    work.builds(missing);
    int sign = self.startsWith("-") || self.startsWith("+") ? 1 : 0;
    return self.substring(0, sign) + "0".repeat(missing) + self.substring(sign);
  }
}
