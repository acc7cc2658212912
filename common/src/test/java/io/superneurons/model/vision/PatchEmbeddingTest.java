package io.superneurons.model.vision;

import static io.superneurons.model.Closeness.assertClose;

import io.superneurons.model.weights.Blocks;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tower's patches as products, which GPUs take, beside the convolution that CPUs take. */
class PatchEmbeddingTest {
  private static final Script SCRIPT = Blocks.compile(VitTower.class, "vit.py", "attention.py");
  private static final int HIDDEN = 5;

  @ParameterizedTest
  @CsvSource({
    "1, 28, 28, 14",
    "3, 42, 70, 14",
    "2, 30, 45, 14", // pixels are left over
  })
  void productsEqualTheConvolution(int images, int height, int width, int patch) {
    Random random = new Random(height);
    try (TensorScope scope = new TensorScope()) {
      Tensor pixels = tensor(scope, random, images, 3, height, width);
      Tensor kernel = tensor(scope, random, HIDDEN, 3, patch, patch);
      Tensor bias = tensor(scope, random, HIDDEN);
      Object[] arguments = {pixels, kernel, bias, patch};
      assertClose(
          MappedWeights.toFloats(SCRIPT.tensor(scope, "embed_by_convolution", arguments)),
          MappedWeights.toFloats(SCRIPT.tensor(scope, "embed_by_product", arguments)),
          1e-5,
          "patches");
    }
  }

  private static Tensor tensor(TensorScope scope, Random random, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.floats(values, shape);
  }
}
