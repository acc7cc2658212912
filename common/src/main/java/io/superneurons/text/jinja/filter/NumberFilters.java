package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Bound;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Arithmetic;
import io.superneurons.text.python.operators.Arithmetic.Operator;
import io.superneurons.text.python.operators.Conversion;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Filters that give numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static Object abs(Work work, Object value, Arguments arguments) {
    arguments.bind("abs");
    return Arithmetic.absolute(value);
  }

  static Object toInteger(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("int", "default?", "base?");
    var number = Conversion.toInteger(work, value, bound.intOr("base", 10));
    return number.isPresent() ? number.get() : bound.getOr("default", BigInteger.ZERO);
  }

  static Object toFloat(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("float", "default?");
    var number = Conversion.toFloat(work, value);
    return number.isPresent() ? number.get() : bound.getOr("default", 0.0);
  }

  static Object round(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("round", "precision?", "method?");
    String method = bound.has("method") ? bound.text("method") : "common";
    if (!Set.of("common", "ceil", "floor").contains(method)) {
      throw new PythonException("method must be common, ceil or floor");
    }
    if (method.equals("common")) {
      return Conversion.round(value, bound.intOr("precision", 0));
    }
    Object precision = bound.getOr("precision", BigInteger.ZERO);
    Object scale = Arithmetic.apply(work, Operator.POWER, BigInteger.TEN, precision);
    Object scaled = Arithmetic.apply(work, Operator.MULTIPLY, value, scale);
    RoundingMode mode = method.equals("ceil") ? RoundingMode.CEILING : RoundingMode.FLOOR;
    return Arithmetic.apply(work, Operator.DIVIDE, Conversion.toward(scaled, mode), scale);
  }

  static Object sum(Work work, Object value, Arguments arguments) {
    Bound bound = arguments.bind("sum", "attribute?", "start?");
    Lookup lookup = Lookup.of(work, bound.get("attribute"), null);
    List<Object> parts = new ArrayList<>();
    Iteration.all(work, value).forEach(item -> parts.add(lookup.in(item)));
    return Arithmetic.sum(work, bound.getOr("start", BigInteger.ZERO), parts);
  }
}
