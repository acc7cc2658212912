package io.superneurons.text.jinja.filter;

import static java.util.Map.entry;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.DictView;
import io.superneurons.text.python.HashKey;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Arithmetic;
import io.superneurons.text.python.operators.Arithmetic.Operator;
import io.superneurons.text.python.operators.Comparison;
import io.superneurons.text.python.operators.Comparison.Order;
import io.superneurons.text.python.operators.Repr;
import io.superneurons.text.python.operators.StringCase;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All tests by name. */
public final class Tests {

  /** A test with one argument. */
  private interface Relation {
    boolean holds(Work work, Object value, Object other);
  }

  private static final Map<String, Test> TESTS =
      Map.ofEntries(
          entry("boolean", plain(value -> value instanceof Boolean)),
          entry("callable", plain(Types::isCallable)),
          entry("defined", plain(value -> !(value instanceof Undefined))),
          entry("divisibleby", relation((w, a, b) -> leaves(w, a, b, 0))),
          entry("escaped", plain(value -> value instanceof PythonMarkup)),
          entry("even", (w, value, arguments) -> halved(w, value, arguments, 0)),
          entry("false", plain(Boolean.FALSE::equals)),
          entry("filter", plain(named(Filters::isInJinja))),
          entry("float", plain(value -> value instanceof Double)),
          entry("integer", plain(Types::isInteger)),
          entry("iterable", plain(Tests::isIterable)),
          entry("lower", (w, value, arguments) -> StringCase.isLower(text(w, value, arguments))),
          entry("mapping", plain(value -> value instanceof PythonDict)),
          entry("none", plain(value -> value == null)),
          entry("number", plain(Types::isNumber)),
          entry("odd", (w, value, arguments) -> halved(w, value, arguments, 1)),
          entry("sameas", relation(Tests::isSame)),
          entry("sequence", plain(Tests::isSequence)),
          entry("string", plain(Tests::isString)),
          entry("test", plain(named(Tests::isInJinja))),
          entry("true", plain(Boolean.TRUE::equals)),
          entry("undefined", plain(value -> value instanceof Undefined)),
          entry("upper", (w, value, arguments) -> StringCase.isUpper(text(w, value, arguments))),
          entry("in", relation((w, a, b) -> Comparison.contains(w, b, a))),
          entry("==", relation(Comparison::equal)),
          entry("eq", relation(Comparison::equal)),
          entry("equalto", relation(Comparison::equal)),
          entry("!=", relation((w, a, b) -> !Comparison.equal(w, a, b))),
          entry("ne", relation((w, a, b) -> !Comparison.equal(w, a, b))),
          entry(">", ordered(Order.GREATER)),
          entry("gt", ordered(Order.GREATER)),
          entry("greaterthan", ordered(Order.GREATER)),
          entry(">=", ordered(Order.AT_LEAST)),
          entry("ge", ordered(Order.AT_LEAST)),
          entry("<", ordered(Order.LESS)),
          entry("lt", ordered(Order.LESS)),
          entry("lessthan", ordered(Order.LESS)),
          entry("<=", ordered(Order.AT_MOST)),
          entry("le", ordered(Order.AT_MOST)));

  private Tests() {}

  public static Optional<Test> named(String name) {
    return Optional.ofNullable(TESTS.get(name));
  }

  /** Why there is no test of a name. */
  public static String missing(String name) {
    return "there is no test '" + name + "'";
  }

  /** Looks a name up as a key, so that a list is none. */
  private static Predicate<Object> named(Predicate<Object> isName) {
    return value -> {
      HashKey.of(value);
      return isName.test(value);
    };
  }

  private static boolean isInJinja(Object name) {
    return name instanceof String text && TESTS.containsKey(text);
  }

  private static Test plain(Predicate<Object> predicate) {
    return (work, value, arguments) -> {
      arguments.positionalOnly("a test", 0, 0);
      return predicate.test(value);
    };
  }

  private static Test relation(Relation relation) {
    return (work, value, arguments) ->
        relation.holds(work, value, arguments.positionalOnly("a test", 1, 1).get(0));
  }

  private static Test ordered(Order order) {
    return relation((work, value, other) -> Comparison.ordered(work, order, value, other));
  }

  private static boolean halved(Work work, Object value, Arguments arguments, int rest) {
    arguments.positionalOnly("a test", 0, 0);
    return leaves(work, value, BigInteger.TWO, rest);
  }

  private static boolean leaves(Work work, Object value, Object divisor, int rest) {
    Object remainder = Arithmetic.apply(work, Operator.REMAINDER, value, divisor);
    return Comparison.equal(work, remainder, BigInteger.valueOf(rest));
  }

  private static String text(Work work, Object value, Arguments arguments) {
    arguments.positionalOnly("a test", 0, 0);
    String text = Repr.str(work, value);
    work.steps(text.length());
    return text;
  }

  private static boolean isString(Object value) {
    return value instanceof String || value instanceof PythonMarkup;
  }

  private static boolean isIterable(Object value) {
    if (value instanceof PythonObject) {
      throw new PythonException("'is iterable' of a loop, namespace or macro is not supported");
    }
    return isString(value) || Iteration.isIterable(value);
  }

  private static boolean isSequence(Object value) {
    return isString(value) || Iteration.hasLength(value) && !(value instanceof DictView);
  }

  /** Whether CPython keeps one object for the number. */
  private static boolean isKept(BigInteger number) {
    return number.bitLength() < 31 && number.intValue() >= -5 && number.intValue() <= 256;
  }

  /** Whether Python has one object; of equal numbers and texts it may have several. */
  private static boolean isSame(Work work, Object value, Object other) {
    boolean known =
        value == null
            || other == null
            || value instanceof Boolean
            || other instanceof Boolean
            || !Types.name(value).equals(Types.name(other));
    if (known) {
      return value == null ? other == null : value.equals(other);
    } else if (value instanceof PythonDict || value instanceof PythonObject) {
      return value == other;
    } else if (!Comparison.equal(work, value, other)) {
      return false;
    } else if (value instanceof BigInteger number && isKept(number)) {
      return true;
    }
    throw new PythonException(
        "'is sameas' of two values of type " + Types.name(value) + " is not supported");
  }
}
