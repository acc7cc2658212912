package io.superneurons.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;

/**
 * Java values as arguments of a script:
 *
 * <ul>
 *   <li>{@link Tensor}: {@code Tensor}
 *   <li>{@link Weights}: {@code Dict[str, Tensor]}
 *   <li>a {@code List} of {@link Tensor}, not empty: {@code List[Tensor]}
 *   <li>{@code Integer}, {@code Long}: {@code int}; {@code int[]}, {@code long[]}: {@code
 *       List[int]}
 *   <li>{@code Double}: {@code float}; {@code double[]}: {@code List[float]}; {@code Boolean}:
 *       {@code bool}; {@code String}: {@code str}
 * </ul>
 */
final class Arguments {
  private Arguments() {}

  /**
   * Converts one argument.
   *
   * @param temporary receives what the caller must free after the call
   */
  static IValue toValue(Object argument, List<IValue> temporary) {
    if (argument instanceof Tensor tensor) {
      return tensor.value();
    }
    if (argument instanceof Weights weights) {
      return weights.value();
    }
    IValue value = make(argument);
    temporary.add(value);
    return value;
  }

  private static IValue make(Object argument) {
    if (argument instanceof Integer number) {
      return IValue.from(number.longValue());
    }
    if (argument instanceof Long number) {
      return IValue.from(number);
    }
    if (argument instanceof Double number) {
      return IValue.from(number);
    }
    if (argument instanceof Boolean flag) {
      return IValue.from(flag);
    }
    if (argument instanceof String text) {
      return IValue.from(text);
    }
    if (argument instanceof int[] numbers) {
      return IValue.listFrom(Arrays.stream(numbers).asLongStream().toArray());
    }
    if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof double[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof List<?> list && !list.isEmpty()) {
      return IValue.listFrom(
          list.stream().map(item -> ((Tensor) item).value()).toArray(IValue[]::new));
    }
    throw new IllegalArgumentException("A script cannot take " + argument);
  }
}
