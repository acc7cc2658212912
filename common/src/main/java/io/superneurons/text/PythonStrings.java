package io.superneurons.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The methods of Python's {@code str} that chat templates call. Pure functions of their arguments.
 */
final class PythonStrings {
  private PythonStrings() {}

  /**
   * Calls a method.
   *
   * @param arguments as the template gives them: strings, numbers, lists
   * @throws TemplateException if there is no such method, or not with these arguments
   */
  static Object call(String self, String method, Object... arguments) {
    Arguments given = new Arguments("str." + method, arguments);
    return switch (method) {
      case "upper" -> self.toUpperCase(Locale.ROOT);
      case "lower" -> self.toLowerCase(Locale.ROOT);
      case "capitalize" -> capitalize(self);
      case "title" -> title(self);
      case "strip" -> rstrip(lstrip(self, given.characters()), given.characters());
      case "lstrip" -> lstrip(self, given.characters());
      case "rstrip" -> rstrip(self, given.characters());
      case "split" -> split(self, given.textOr(0, null), given.intOr(1, -1));
      case "rsplit" -> rsplit(self, given.textOr(0, null), given.intOr(1, -1));
      case "splitlines" -> self.isEmpty() ? List.of() : self.lines().toList();
      case "startswith" -> given.texts(0).stream().anyMatch(self::startsWith);
      case "endswith" -> given.texts(0).stream().anyMatch(self::endsWith);
      case "replace" -> replace(self, given.text(0), given.text(1), given.intOr(2, -1));
      case "removeprefix" ->
          self.startsWith(given.text(0)) ? self.substring(given.text(0).length()) : self;
      case "removesuffix" ->
          self.endsWith(given.text(0))
              ? self.substring(0, self.length() - given.text(0).length())
              : self;
      case "find" -> (long) self.indexOf(given.text(0));
      case "rfind" -> (long) self.lastIndexOf(given.text(0));
      case "count" -> (long) pieces(self, given.text(0), -1).size() - 1;
      case "join" -> join(self, given.texts(0));
      case "isdigit" -> all(self, Character::isDigit);
      case "isalpha" -> all(self, Character::isLetter);
      case "isalnum" -> all(self, Character::isLetterOrDigit);
      case "isspace" -> all(self, PythonStrings::isSpace);
      case "isupper" -> hasCase(self) && self.equals(self.toUpperCase(Locale.ROOT));
      case "islower" -> hasCase(self) && self.equals(self.toLowerCase(Locale.ROOT));
      default ->
          throw new TemplateException(
              String.format(
                  Locale.ROOT, "The chat template calls str.%s, which is not supported", method));
    };
  }

  /** What Python's {@code str.isspace} says of a character. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  static String strip(String self) {
    return rstrip(lstrip(self, PythonStrings::isSpace), PythonStrings::isSpace);
  }

  static String capitalize(String self) {
    if (self.isEmpty()) {
      return self;
    }
    int first = self.offsetByCodePoints(0, 1);
    return self.substring(0, first).toUpperCase(Locale.ROOT)
        + self.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String title(String self) {
    StringBuilder result = new StringBuilder();
    boolean within = false;
    for (int c : self.codePoints().toArray()) {
      result.appendCodePoint(within ? Character.toLowerCase(c) : Character.toTitleCase(c));
      within = Character.isLetter(c);
    }
    return result.toString();
  }

  private static String lstrip(String self, IntPredicate strips) {
    int start = 0;
    while (start < self.length() && strips.test(self.codePointAt(start))) {
      start = self.offsetByCodePoints(start, 1);
    }
    return self.substring(start);
  }

  private static String rstrip(String self, IntPredicate strips) {
    int end = self.length();
    while (end > 0 && strips.test(self.codePointBefore(end))) {
      end = self.offsetByCodePoints(end, -1);
    }
    return self.substring(0, end);
  }

  private static List<String> split(String self, String separator, int most) {
    if (separator != null) {
      return pieces(self, separator, most);
    }
    List<String> words = new ArrayList<>();
    String rest = lstrip(self, PythonStrings::isSpace);
    while (!rest.isEmpty() && (most < 0 || words.size() < most)) {
      int end = 0;
      while (end < rest.length() && !isSpace(rest.charAt(end))) {
        end++;
      }
      words.add(rest.substring(0, end));
      rest = lstrip(rest.substring(end), PythonStrings::isSpace);
    }
    if (!rest.isEmpty()) {
      words.add(rstrip(rest, PythonStrings::isSpace));
    }
    return words;
  }

  private static List<String> rsplit(String self, String separator, int most) {
    List<String> all = split(self, separator, -1);
    if (most < 0 || all.size() <= most + 1) {
      return all;
    }
    if (separator == null) {
      throw new TemplateException(
          "The chat template calls str.rsplit with a count alone, which is not supported");
    }
    int joined = all.size() - most;
    List<String> result = new ArrayList<>();
    result.add(String.join(separator, all.subList(0, joined)));
    result.addAll(all.subList(joined, all.size()));
    return result;
  }

  private static List<String> pieces(String self, String separator, int most) {
    if (separator.isEmpty()) {
      throw new TemplateException("The chat template splits a string at an empty separator");
    }
    List<String> pieces = new ArrayList<>();
    int start = 0;
    int end = self.indexOf(separator);
    while (end >= 0 && (most < 0 || pieces.size() < most)) {
      pieces.add(self.substring(start, end));
      start = end + separator.length();
      end = self.indexOf(separator, start);
    }
    pieces.add(self.substring(start));
    return pieces;
  }

  private static String replace(String self, String old, String replacement, int most) {
    if (old.isEmpty()) {
      throw new TemplateException("The chat template replaces an empty string");
    }
    return join(replacement, pieces(self, old, most));
  }

  /** Joins, unless the result would be longer than a whole prompt may be. */
  private static String join(String separator, List<String> parts) {
    long length = (long) separator.length() * parts.size();
    for (String part : parts) {
      length += part.length();
    }
    if (length > ChatTemplate.MAX_OUTPUT) {
      throw new TemplateException("The chat template makes a text that is too long");
    }
    return String.join(separator, parts);
  }

  private static boolean all(String self, IntPredicate test) {
    return !self.isEmpty() && self.codePoints().allMatch(test);
  }

  private static boolean hasCase(String self) {
    return self.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  /** The arguments of one call, with errors that name it. */
  private record Arguments(String method, Object[] values) {
    String text(int index) {
      if (index < values.length && values[index] instanceof String text) {
        return text;
      }
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The chat template calls %s without a string as argument %d, which is not supported",
              method,
              index + 1));
    }

    String textOr(int index, String fallback) {
      return index < values.length && values[index] != null ? text(index) : fallback;
    }

    int intOr(int index, int fallback) {
      if (index >= values.length) {
        return fallback;
      }
      if (values[index] instanceof Number number) {
        return number.intValue();
      }
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The chat template calls %s without a number as argument %d, which is not supported",
              method,
              index + 1));
    }

    List<String> texts(int index) {
      if (index < values.length && values[index] instanceof Iterable<?> many) {
        List<String> texts = new ArrayList<>();
        many.forEach(one -> texts.add(String.valueOf(one)));
        return texts;
      }
      return List.of(text(index));
    }

    IntPredicate characters() {
      String set = textOr(0, null);
      if (set == null) {
        return PythonStrings::isSpace;
      }
      var wanted = set.codePoints().boxed().collect(Collectors.toSet());
      return wanted::contains;
    }

    @Override
    public String toString() {
      return method + Arrays.toString(values);
    }
  }
}
