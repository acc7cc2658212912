package io.superneurons.text.python;

import java.math.BigInteger;

/** Which type of Python's a value is of, and what follows from that alone. */
public final class Types {
  private Types() {}

  /** The name that Python's errors have. */
  public static String name(Object value) {
    if (value == null) {
      return "NoneType";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof BigInteger) {
      return "int";
    } else if (value instanceof Double) {
      return "float";
    } else if (value instanceof String) {
      return "str";
    } else if (value instanceof PythonList) {
      return "list";
    } else if (value instanceof PythonTuple) {
      return "tuple";
    } else if (value instanceof PythonDict) {
      return "dict";
    } else if (value instanceof PythonRange) {
      return "range";
    }
    return value instanceof DictView view ? viewName(view) : otherName(value);
  }

  private static String viewName(DictView view) {
    return switch (view.kind()) {
      case KEYS -> "dict_keys";
      case VALUES -> "dict_values";
      case ITEMS -> "dict_items";
    };
  }

  private static String otherName(Object value) {
    if (value instanceof Undefined) {
      return "Undefined";
    } else if (value instanceof PythonMarkup) {
      return "Markup";
    }
    return value instanceof OneShot ? "generator" : "object";
  }

  /** Whether it is of type int and not of bool. */
  public static boolean isInteger(Object value) {
    return value instanceof BigInteger;
  }

  /** Whether Python counts with it: int, float and bool. */
  public static boolean isNumber(Object value) {
    return isWhole(value) || value instanceof Double;
  }

  static boolean isWhole(Object value) {
    return value instanceof BigInteger || value instanceof Boolean;
  }

  /** The number of an int or a bool. */
  public static BigInteger integer(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigInteger.ONE : BigInteger.ZERO;
    }
    return (BigInteger) value;
  }

  public static BigInteger requireInteger(Object value) {
    if (!isWhole(value)) {
      throw new PythonException("'" + name(value) + "' object cannot be interpreted as an integer");
    }
    return integer(value);
  }

  /** What {@code bool} says. */
  public static boolean isTrue(Object value) {
    if (value == null || value instanceof Undefined) {
      return false;
    } else if (value instanceof Boolean truth) {
      return truth;
    } else if (value instanceof Double number) {
      return number != 0;
    } else if (value instanceof BigInteger number) {
      return number.signum() != 0;
    }
    if (value instanceof PythonMarkup markup) {
      return !markup.text().isEmpty();
    }
    return value instanceof String text ? !text.isEmpty() : !isEmpty(value);
  }

  private static boolean isEmpty(Object value) {
    if (value instanceof PythonSequence sequence) {
      return sequence.items().isEmpty();
    } else if (value instanceof PythonDict dict) {
      return dict.size() == 0;
    } else if (value instanceof DictView view) {
      return view.dict().size() == 0;
    }
    return value instanceof PythonRange range && range.items().isEmpty();
  }

  /** Whether it can be called. */
  public static boolean isCallable(Object value) {
    return value instanceof PythonFunction || value instanceof Undefined;
  }
}
