package io.superneurons.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The linear layer with weights of 16 bits, all else in float32 or not, beside sums in double. */
class LinearTest {
  private static final int IN = 1024;
  private static final String PACKED = "/io/superneurons/torch/packed.py";
  private static final Script SCRIPT = Blocks.compile(LinearTest.class);

  @Test
  void oneThatIsWidenedAtOnce() {
    requireSums(16, false, 3, IN);
  }

  @Test
  void oneThatIsWidenedInParts() {
    requireSums(5000, false, 3, IN); // 2048 rows at a time: two whole parts and one that is not
  }

  @Test
  void withABiasAndForSeveralImages() {
    requireSums(5000, true, 2, 3, IN);
  }

  /** One row and many take another product than a few, where libtorch has oneDNN. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 300})
  void allInBfloat16(int rows) {
    requireSums(TorchType.BFLOAT16, 80, true, rows, IN);
  }

  @Test
  void bothFormsCompile() {
    Script.compile(Blocks.class, PACKED, "blocks.py", "int8.py", "linear.py");
    try {
      Script.compile(Blocks.class, "inner_product.py");
    } catch (TorchException e) {
      assertTrue(e.getMessage().contains("mkldnn"), "a libtorch without oneDNN: " + e.getMessage());
      return;
    }
    Script.compile(
        Blocks.class, PACKED, "blocks.py", "int8.py", "inner_product.py", "linear_onednn.py");
  }

  private static void requireSums(int out, boolean biased, long... shape) {
    requireSums(TorchType.FLOAT32, out, biased, shape);
  }

  private static void requireSums(TorchType type, int out, boolean biased, long... shape) {
    int rows = (int) (shape[0] * (shape.length > 2 ? shape[1] : 1));
    Random random = new Random(out);
    // Multiples of 1 / 64 below 2 have at most 7 bits, so bfloat16 holds them.
    IntToDoubleFunction ofFewBits = i -> random.nextInt(-127, 128) / 64.0;
    IntToDoubleFunction ofType =
        type == TorchType.BFLOAT16 ? ofFewBits : i -> random.nextGaussian();
    float[] x = values(rows * IN, ofType);
    float[] weight = values(out * IN, ofFewBits);
    float[] bias = values(out, i -> biased ? ofType.applyAsDouble(i) : 0);
    float[] y;
    try (TensorScope scope = new TensorScope();
        MappedWeights half = new MappedWeights(TorchType.BFLOAT16, "cpu");
        MappedWeights other = new MappedWeights(type, "cpu")) {
      Tensor matrix = half.upload(scope, weight, out, IN);
      Weights.Builder builder = Weights.builder().put("proj.weight", matrix);
      if (biased) {
        builder.put("proj.bias", other.upload(scope, bias, out));
      }
      try (Weights weights = builder.build()) {
        Tensor input = other.upload(scope, x, shape);
        y = MappedWeights.toFloats(SCRIPT.tensor(scope, "linear", input, weights, "proj"));
      }
    }
    assertEquals(rows * out, y.length);
    double[] sums = new double[rows * out];
    double[] actual = new double[rows * out];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < IN; i++) {
          sum += (double) x[row * IN + i] * weight[o * IN + i];
        }
        sums[row * out + o] = sum;
        actual[row * out + o] = y[row * out + o];
      }
    }
    // Sums of 1,024 products have a deviation of about 44; bfloat16 keeps eight bits of them.
    assertArrayEquals(sums, actual, type == TorchType.BFLOAT16 ? 1 : 1e-3);
  }

  private static float[] values(int count, IntToDoubleFunction value) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    return values;
  }
}
