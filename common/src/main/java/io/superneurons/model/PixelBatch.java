package io.superneurons.model;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.Arrays;
import java.util.List;

/** Puts images of one size side by side for the tower. */
final class PixelBatch {
  private PixelBatch() {}

  /**
   * Stacks images.
   *
   * @param side pixels on each side that the tower takes
   * @return [images, 3, side, side] in float32 on the CPU
   * @throws ModelException if an image has another size: the preprocessing does not fit the tower
   */
  static Tensor stack(TensorScope scope, List<ImageInput> images, int side) {
    int[] expected = {3, side, side};
    int size = 3 * side * side;
    float[] pixels = new float[images.size() * size]; // [images, 3, side, side]
    for (int i = 0; i < images.size(); i++) {
      int[] shape = images.get(i).pixels().shape();
      if (!Arrays.equals(shape, expected)) {
        throw new ModelException(
            "preprocessor_config.json makes images of shape %s, but the tower takes %s"
                .formatted(Arrays.toString(shape), Arrays.toString(expected)));
      }
      System.arraycopy(images.get(i).pixels().data(), 0, pixels, i * size, size);
    }
    return scope.floats(pixels, images.size(), 3, side, side);
  }
}
