package io.superneurons.jobs.bench.shape;

import java.util.List;
import java.util.Objects;

/**
 * A tensor of a checkpoint that is to be written.
 *
 * @param name as in the published checkpoint
 * @param shape sizes, outermost first
 */
record NewTensor(String name, List<Long> shape) {
  /** All are of 16 bits. */
  static final int ELEMENT_BYTES = 2;

  NewTensor {
    Objects.requireNonNull(name, "name");
    shape = List.copyOf(shape);
  }

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  long bytes() {
    return elements() * ELEMENT_BYTES;
  }

  /** Inputs of one output: what the scale of a weight goes by. */
  long fanIn() {
    return elements() / shape.get(0);
  }

  /** Whether it is the scale of a norm, whose values are 1 in an untrained model. */
  boolean isNormScale() {
    return shape.size() == 1 && name.contains("norm") && name.endsWith(".weight");
  }
}
