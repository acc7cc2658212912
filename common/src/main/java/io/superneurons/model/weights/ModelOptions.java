package io.superneurons.model.weights;

import io.superneurons.image.process.SizeLimits;
import java.util.Objects;

/**
 * How a checkpoint is opened.
 *
 * @param computation what it is computed in
 * @param device libtorch's name of a device, such as {@code cpu} or {@code cuda:0}
 * @param depth how much of the decoder is opened
 * @param limits how large images may be once they are prepared
 */
public record ModelOptions(Computation computation, String device, Depth depth, SizeLimits limits) {
  public ModelOptions {
    Objects.requireNonNull(computation, "computation");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(limits, "limits");
    if (!device.matches("cpu|cuda(:\\d+)?")) {
      throw new IllegalArgumentException(
          "device must be cpu, cuda or cuda:N, not '" + device + "'");
    }
  }

  /** The whole model in one type, with the checkpoint's own limits of images' size. */
  public static ModelOptions whole(ComputeType computeType, String device) {
    return new ModelOptions(Computation.in(computeType), device, Depth.full(), SizeLimits.OWN);
  }

  /** The same with another depth. */
  public ModelOptions withDepth(Depth other) {
    return new ModelOptions(computation, device, other, limits);
  }

  /** The same in one other type. */
  public ModelOptions withComputeType(ComputeType other) {
    return new ModelOptions(Computation.in(other), device, depth, limits);
  }

  /** The same with the tower's layers in another type. */
  public ModelOptions withTower(TowerType other) {
    return new ModelOptions(new Computation(computation.type(), other), device, depth, limits);
  }

  /** The same with other limits of images' size. */
  public ModelOptions withLimits(SizeLimits other) {
    return new ModelOptions(computation, device, depth, other);
  }
}
