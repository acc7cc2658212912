package io.superneurons.text.python.operators;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Slices;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.List;

/** Where a string holds another, in code points. */
final class Searching {
  private Searching() {}

  static Object find(Work work, String self, Arguments arguments) {
    return find(work, self, arguments, false);
  }

  static Object findLast(Work work, String self, Arguments arguments) {
    return find(work, self, arguments, true);
  }

  static Object index(Work work, String self, Arguments arguments) {
    return found(find(work, self, arguments, false));
  }

  static Object indexLast(Work work, String self, Arguments arguments) {
    return found(find(work, self, arguments, true));
  }

  private static BigInteger found(BigInteger at) {
    if (at.signum() < 0) {
      throw new PythonException("substring not found");
    }
    return at;
  }

  private static BigInteger find(Work work, String self, Arguments arguments, boolean last) {
    Part part = part(work, self, "find", arguments);
    int at = last ? part.text.lastIndexOf(part.wanted) : part.text.indexOf(part.wanted);
    if (at < 0 || !part.exists) {
      return BigInteger.ONE.negate();
    }
    return BigInteger.valueOf(part.start + (long) part.text.codePointCount(0, at));
  }

  static Object count(Work work, String self, Arguments arguments) {
    Part part = part(work, self, "count", arguments);
    if (!part.exists) {
      return BigInteger.ZERO;
    }
    int count =
        part.wanted.isEmpty()
            ? Text.length(part.text) + 1
            : Splitting.pieces(part.text, part.wanted, -1).size() - 1;
    return BigInteger.valueOf(count);
  }

  /**
   * The part of a string that is searched.
   *
   * @param start its first code point
   * @param exists false if it begins after its end or the string's, where nothing is found, not
   *     even the empty string
   */
  private record Part(String text, String wanted, int start, boolean exists) {}

  private static Part part(Work work, String self, String method, Arguments arguments) {
    List<Object> given = arguments.positionalOnly(method, 1, 3);
    String wanted = StringMethods.requireText(method, given.get(0));
    if (given.size() == 1) {
      return new Part(self, wanted, 0, true);
    }
    Object end = given.size() > 2 ? given.get(2) : null;
    int length = Text.length(self);
    long start = bound(given.get(1), length, 0);
    long stop = Math.min(bound(end, length, length), length);
    String text = (String) Slices.slice(work, self, given.get(1), end, null);
    return new Part(text, wanted, (int) Math.min(start, length), start <= stop);
  }

  private static long bound(Object given, int length, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    BigInteger number = Types.requireInteger(given);
    BigInteger index = number.signum() < 0 ? number.add(BigInteger.valueOf(length)) : number;
    return index.max(BigInteger.ZERO).min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue();
  }
}
