package io.superneurons.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers that a pass needs on the model's device beside weights and samples: indices,
 * positions, shares. What will be needed is said beforehand, and travels in one copy when the first
 * of it is used. What was not said travels when it is used; so whether something is said matters to
 * the number of copies alone.
 *
 * <p>Not thread-safe: it belongs to one pass.
 */
public final class PassNumbers {
  private static final Script SCRIPT = Script.compile(PassNumbers.class, "numbers.py");

  private final MappedWeights files;
  private final TensorScope scope;
  private final Map<Numbers, Tensor> there = new HashMap<>();
  private final Set<Numbers> needed = new LinkedHashSet<>();

  /**
   * @param files that say which device it is
   * @param scope owns what travels
   */
  public PassNumbers(MappedWeights files, TensorScope scope) {
    this.files = files;
    this.scope = scope;
  }

  /** Says that whole numbers will be used. */
  public void need(long[] values, long... shape) {
    need(Numbers.of(values, shape));
  }

  /** Says that whole numbers in one row will be used [n]. */
  public void needIndices(long[] values) {
    need(values, values.length);
  }

  /** Says that numbers will be used. */
  public void needFloats(float[] values, long... shape) {
    need(Numbers.of(values, shape));
  }

  /** Whole numbers on the device. */
  public Tensor longs(long[] values, long... shape) {
    return used(Numbers.of(values, shape));
  }

  /** Whole numbers in one row on the device [n]. */
  public Tensor indices(long[] values) {
    return longs(values, values.length);
  }

  /** Numbers on the device, in float32. */
  public Tensor floats(float[] values, long... shape) {
    return used(Numbers.of(values, shape));
  }

  /** The same in the weights' type. */
  public Tensor typed(float[] values, long... shape) {
    return files.typed(scope, floats(values, shape));
  }

  /** Forgets what was said and did not travel yet, since other numbers are needed in its place. */
  public void needOthers() {
    needed.clear();
  }

  private void need(Numbers numbers) {
    if (!there.containsKey(numbers)) {
      needed.add(numbers);
    }
  }

  private Tensor used(Numbers numbers) {
    Tensor known = there.get(numbers);
    if (known != null) {
      return known;
    }
    needed.add(numbers);
    travel();
    return there.get(numbers);
  }

  /** They travel as float64, which holds both kinds: whole numbers first. */
  private void travel() {
    List<Numbers> wholeFirst = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      needed.stream().filter(numbers -> numbers.kind == kind).forEach(wholeFirst::add);
    }
    double[] values =
        wholeFirst.stream().flatMapToDouble(numbers -> Arrays.stream(numbers.values)).toArray();
    int wholeCount =
        needed.stream()
            .filter(numbers -> numbers.kind == Kind.WHOLE)
            .mapToInt(numbers -> numbers.values.length)
            .sum();
    try (TensorScope work = new TensorScope()) {
      Tensor all = files.doubles(work, values, values.length);
      Tensor[] ofKind = SCRIPT.tensors(work, "kinds", all, wholeCount);
      int start = 0;
      for (Numbers numbers : wholeFirst) {
        boolean whole = numbers.kind == Kind.WHOLE;
        there.put(
            numbers,
            SCRIPT.tensor(
                scope,
                "some",
                ofKind[numbers.kind.ordinal()],
                whole ? start : start - wholeCount,
                numbers.values.length,
                numbers.shape));
        start += numbers.values.length;
      }
    }
    needed.clear();
  }

  private enum Kind {
    WHOLE,
    FLOAT
  }

  private record Numbers(Kind kind, double[] values, long[] shape) {
    private static final long LARGEST = 1L << 53;

    static Numbers of(long[] values, long[] shape) {
      TensorScope.requireSize(values.length, shape);
      if (Arrays.stream(values).anyMatch(value -> Math.abs(value) > LARGEST)) {
        throw new IllegalArgumentException("A pass needs no number beyond 2^53");
      }
      return new Numbers(Kind.WHOLE, Arrays.stream(values).asDoubleStream().toArray(), shape);
    }

    static Numbers of(float[] values, long[] shape) {
      TensorScope.requireSize(values.length, shape);
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return new Numbers(Kind.FLOAT, wide, shape);
    }

    /** Whether the other are the same numbers, bit for bit, in the same shape. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers that
          && kind == that.kind
          && Arrays.equals(shape, that.shape)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(values) + Arrays.hashCode(shape);
    }
  }
}
