package io.superneurons.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.TensorScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Activations by name, with what transformers' {@code ACT2FN} gives at four numbers. */
class ActivationTest {
  private static final Script SCRIPT = Blocks.compile(ActivationTest.class);

  @ParameterizedTest
  @CsvSource({
    "gelu, -0.004050225, -0.1542688, 0.1496766, 1.9545",
    "gelu_new, -0.003637433, -0.154286, 0.1496754, 1.954598",
    "gelu_python_tanh, -0.003637433, -0.154286, 0.1496754, 1.954598",
    "gelu_pytorch_tanh, -0.003637433, -0.154286, 0.1496754, 1.954598",
    "quick_gelu, -0.01807131, -0.1496116, 0.1511997, 1.935659",
    "relu, 0, 0, 0.25, 2",
    "silu, -0.1422776, -0.1887703, 0.1405441, 1.761594",
    "swish, -0.1422776, -0.1887703, 0.1405441, 1.761594",
  })
  void isThatOfTransformers(String name, float a, float b, float c, float d) {
    try (TensorScope scope = new TensorScope()) {
      float[] numbers = {-3, -0.5f, 0.25f, 2};
      assertArrayEquals(
          new float[] {a, b, c, d},
          MappedWeights.toFloats(
              SCRIPT.tensor(scope, "activate", scope.floats(numbers, numbers.length), name)),
          2e-6f);
    }
  }
}
