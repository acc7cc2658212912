package io.superneurons.model.weights;

import io.superneurons.image.process.PixelLimits;
import java.util.Objects;

/**
 * How a checkpoint is opened.
 *
 * @param computeType element type of the computation
 * @param device libtorch's name of a device, such as {@code cpu} or {@code cuda:0}
 * @param depth how much of the decoder is opened
 * @param pixels limits of a resized image, for families that take images of any size
 */
public record ModelOptions(
    ComputeType computeType, String device, Depth depth, PixelLimits pixels) {
  public ModelOptions {
    Objects.requireNonNull(computeType, "computeType");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(pixels, "pixels");
    if (!device.matches("cpu|cuda(:\\d+)?")) {
      throw new IllegalArgumentException(
          "device must be cpu, cuda or cuda:N, not '" + device + "'");
    }
  }

  /** The whole model, with the checkpoint's own limits of pixels. */
  public static ModelOptions whole(ComputeType computeType, String device) {
    return new ModelOptions(computeType, device, Depth.full(), PixelLimits.OWN);
  }

  /** The same with another depth. */
  public ModelOptions withDepth(Depth other) {
    return new ModelOptions(computeType, device, other, pixels);
  }

  /** The same with another element type. */
  public ModelOptions withComputeType(ComputeType other) {
    return new ModelOptions(other, device, depth, pixels);
  }

  /** The same with other limits of pixels. */
  public ModelOptions withPixels(PixelLimits other) {
    return new ModelOptions(computeType, device, depth, other);
  }
}
