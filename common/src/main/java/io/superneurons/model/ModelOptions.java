package io.superneurons.model;

import java.util.Objects;

/**
 * How a checkpoint is opened.
 *
 * @param computeType element type of the computation
 * @param device libtorch's name of a device, such as {@code cpu} or {@code cuda:0}
 * @param depth how much of the decoder is opened
 */
public record ModelOptions(ComputeType computeType, String device, Depth depth) {
  public ModelOptions {
    Objects.requireNonNull(computeType, "computeType");
    Objects.requireNonNull(depth, "depth");
    if (!device.matches("cpu|cuda(:\\d+)?")) {
      throw new IllegalArgumentException(
          "device must be cpu, cuda or cuda:N, not '" + device + "'");
    }
  }

  /** The whole model in float32 on the CPU: the exact reference. */
  public static ModelOptions exact() {
    return new ModelOptions(ComputeType.FLOAT32, "cpu", Depth.full());
  }

  /** The same with another depth. */
  public ModelOptions withDepth(Depth other) {
    return new ModelOptions(computeType, device, other);
  }

  /** The same with another element type. */
  public ModelOptions withComputeType(ComputeType other) {
    return new ModelOptions(other, device, depth);
  }
}
