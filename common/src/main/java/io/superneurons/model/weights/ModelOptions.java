package io.superneurons.model.weights;

import io.superneurons.image.process.PixelLimits;
import java.util.Objects;

/**
 * How a checkpoint is opened.
 *
 * @param computation what it is computed in
 * @param device libtorch's name of a device, such as {@code cpu} or {@code cuda:0}
 * @param depth how much of the decoder is opened
 * @param pixels limits of a resized image, for families that take images of any size
 */
public record ModelOptions(
    Computation computation, String device, Depth depth, PixelLimits pixels) {
  public ModelOptions {
    Objects.requireNonNull(computation, "computation");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(pixels, "pixels");
    if (!device.matches("cpu|cuda(:\\d+)?")) {
      throw new IllegalArgumentException(
          "device must be cpu, cuda or cuda:N, not '" + device + "'");
    }
  }

  /** The whole model in one type, with the checkpoint's own limits of pixels. */
  public static ModelOptions whole(ComputeType computeType, String device) {
    return new ModelOptions(Computation.in(computeType), device, Depth.full(), PixelLimits.OWN);
  }

  /** The same with another depth. */
  public ModelOptions withDepth(Depth other) {
    return new ModelOptions(computation, device, other, pixels);
  }

  /** The same in one other type. */
  public ModelOptions withComputeType(ComputeType other) {
    return new ModelOptions(Computation.in(other), device, depth, pixels);
  }

  /** The same with the tower's layers in another type. */
  public ModelOptions withTower(TowerType other) {
    return new ModelOptions(new Computation(computation.type(), other), device, depth, pixels);
  }

  /** The same with other limits of pixels. */
  public ModelOptions withPixels(PixelLimits other) {
    return new ModelOptions(computation, device, depth, other);
  }
}
