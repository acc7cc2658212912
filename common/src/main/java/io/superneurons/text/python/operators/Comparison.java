package io.superneurons.text.python.operators;

import io.superneurons.text.python.DictView;
import io.superneurons.text.python.HashKey;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.PythonRange;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** Which values are equal, which is less, and what contains what. */
public final class Comparison {

  /** The four operators of order. */
  public enum Order {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Order(String sign) {
      this.sign = sign;
    }

    private boolean holds(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case GREATER -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  private Comparison() {}

  /**
   * What {@code ==} gives.
   *
   * @throws PythonException if that is not supported for such values
   */
  public static boolean equal(Work work, Object left, Object right) {
    work.steps(1);
    if (left instanceof PythonMarkup markup) {
      return equal(work, markup.text(), right);
    } else if (right instanceof PythonMarkup markup) {
      return equal(work, left, markup.text());
    } else if (Types.isNumber(left) && Types.isNumber(right)) {
      return !isNan(left) && !isNan(right) && compareNumbers(left, right) == 0;
    } else if (left instanceof String a && right instanceof String b) {
      work.steps(Math.min(a.length(), b.length()));
      return a.equals(b);
    } else if (left instanceof Undefined && right instanceof Undefined) {
      return true;
    } else if (left instanceof PythonDict a && right instanceof PythonDict b) {
      return equalDicts(work, a, b);
    } else if (areSequences(left, right)) {
      return equalSequences(work, left, right);
    } else if (left instanceof PythonRange && right instanceof PythonRange) {
      return Iteration.all(work, left).equals(Iteration.all(work, right));
    } else if (left != right && left instanceof DictView && right instanceof DictView) {
      throw new PythonException(
          "comparing '" + Types.name(left) + "' and '" + Types.name(right) + "' is not supported");
    }
    return left == right;
  }

  private static boolean areSequences(Object left, Object right) {
    return left instanceof PythonList && right instanceof PythonList
        || left instanceof PythonTuple && right instanceof PythonTuple;
  }

  /** Equal, or the very same, which makes a difference for NaN only. */
  private static boolean same(Work work, Object left, Object right) {
    return left == right || equal(work, left, right);
  }

  private static boolean equalSequences(Work work, Object left, Object right) {
    List<Object> a = ((PythonSequence) left).items();
    List<Object> b = ((PythonSequence) right).items();
    return a.size() == b.size() && firstDifference(work, a, b) == a.size();
  }

  private static int firstDifference(Work work, List<Object> left, List<Object> right) {
    work.enter();
    int shorter = Math.min(left.size(), right.size());
    int i = 0;
    while (i < shorter && same(work, left.get(i), right.get(i))) {
      i++;
    }
    work.leave();
    return i;
  }

  private static boolean equalDicts(Work work, PythonDict left, PythonDict right) {
    if (left.size() != right.size()) {
      return false;
    }
    work.enter();
    boolean equal = true;
    for (Object key : left.keys()) {
      equal = equal && right.has(key) && same(work, left.get(key), right.get(key));
    }
    work.leave();
    return equal;
  }

  /**
   * What {@code <} and the like give.
   *
   * @throws PythonException if the values have no order
   */
  public static boolean ordered(Work work, Order order, Object left, Object right) {
    work.steps(1);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return !isNan(left) && !isNan(right) && order.holds(compareNumbers(left, right));
    } else if (left instanceof String a && right instanceof String b) {
      work.steps(Math.min(a.length(), b.length()));
      return order.holds(Text.compare(a, b));
    } else if (areSequences(left, right)) {
      return orderedSequences(work, order, left, right);
    } else if (left instanceof Undefined undefined) {
      throw undefined.error();
    } else if (right instanceof Undefined undefined) {
      throw undefined.error();
    }
    throw new PythonException(
        "'"
            + order.sign
            + "' not supported between instances of '"
            + Types.name(left)
            + "' and '"
            + Types.name(right)
            + "'");
  }

  private static boolean orderedSequences(Work work, Order order, Object left, Object right) {
    List<Object> a = ((PythonSequence) left).items();
    List<Object> b = ((PythonSequence) right).items();
    int at = firstDifference(work, a, b);
    if (at == Math.min(a.size(), b.size())) {
      return order.holds(Integer.compare(a.size(), b.size()));
    }
    work.enter();
    boolean holds = ordered(work, order, a.get(at), b.get(at));
    work.leave();
    return holds;
  }

  /**
   * For sorting: negative, 0 or positive.
   *
   * @throws PythonException if the values have no order, as NaN has none
   */
  public static int compare(Work work, Object left, Object right) {
    if (isNan(left) || isNan(right)) {
      throw new PythonException("sorting NaN is not supported");
    }
    if (areSequences(left, right)) {
      return compareSequences(work, left, right);
    }
    if (ordered(work, Order.LESS, left, right)) {
      return -1;
    }
    return ordered(work, Order.LESS, right, left) ? 1 : 0;
  }

  private static int compareSequences(Work work, Object left, Object right) {
    List<Object> a = ((PythonSequence) left).items();
    List<Object> b = ((PythonSequence) right).items();
    int at = firstDifference(work, a, b);
    if (at == Math.min(a.size(), b.size())) {
      return Integer.compare(a.size(), b.size());
    }
    work.enter();
    int comparison = compare(work, a.get(at), b.get(at));
    work.leave();
    return comparison;
  }

  private static boolean isNan(Object value) {
    return value instanceof Double number && Double.isNaN(number);
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return a.doubleValue() == b.doubleValue() ? 0 : Double.compare(a, b);
    } else if (left instanceof Double a && a.isInfinite()) {
      return a > 0 ? 1 : -1;
    } else if (right instanceof Double b && b.isInfinite()) {
      return b > 0 ? -1 : 1;
    }
    return exact(left).compareTo(exact(right));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double value
        ? new BigDecimal(value)
        : new BigDecimal(Types.integer(number));
  }

  /**
   * What {@code item in container} gives.
   *
   * @throws PythonException if there is nothing to be in
   */
  public static boolean contains(Work work, Object container, Object item) {
    if (container instanceof String text) {
      if (!(item instanceof String part)) {
        throw new PythonException(
            "'in <string>' requires string as left operand, not " + Types.name(item));
      }
      work.steps(text.length());
      return text.contains(part);
    } else if (container instanceof PythonDict dict) {
      return dict.has(item);
    } else if (container instanceof PythonObject || !Iteration.isIterable(container)) {
      throw new PythonException("argument of type '" + Types.name(container) + "' is not iterable");
    }
    if (container instanceof DictView view && view.kind() == DictView.Kind.KEYS) {
      HashKey.of(item);
    }
    Iterator<Object> items = Iteration.iterate(work, container);
    while (items.hasNext()) {
      if (same(work, items.next(), item)) {
        return true;
      }
    }
    return false;
  }
}
