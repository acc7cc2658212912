package io.superneurons.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The linear layer in 8-bit integers, beside sums in double of what the integers stand for. */
class Int8Test {
  private static final int IN = 300;
  private static final Script SCRIPT = Blocks.compile(Int8Test.class);

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1", "FLOAT32, 9", "FLOAT32, 2000", "BFLOAT16, 9", "FLOAT16, 9"})
  void equalsTheSumsOfWhatTheIntegersStandFor(TorchType type, int tokens) {
    if (!Int8.works()) {
      return; // a processor that cannot is refused, see below
    }
    int out = 24;
    float[] x = values(tokens * IN, 1);
    Arrays.fill(x, 0, IN, 0); // a token of zeros
    float[] weight = values(out * IN, 2);
    float[] bias = values(out, 3);
    float[] y = product(type, x, weight, bias, 1, tokens, IN);
    assertEquals(tokens * out, y.length);
    // Three digits of bfloat16, and the last bits of its scale and bias.
    double tolerance = type == TorchType.FLOAT32 ? 1e-5 : type == TorchType.FLOAT16 ? 2e-3 : 1e-2;
    for (int token = 0; token < tokens; token++) {
      double scale = activationScale(x, token);
      for (int o = 0; o < out; o++) {
        double weightScale = largest(weight, o) / 127;
        double sum = bias[o];
        double size = Math.abs(sum);
        double ties = 0; // what sums may differ by where float32 and double round apart
        for (int i = 0; i < IN; i++) {
          double steps = x[token * IN + i] / scale + 0.5;
          double weightSteps = weight[o * IN + i] / weightScale + 0.5;
          double integer = Math.floor(steps) * scale;
          double weightInteger = Math.floor(weightSteps) * weightScale;
          sum += integer * weightInteger;
          size = Math.max(size, Math.abs(sum));
          ties += isTie(steps) ? Math.abs(scale * weightInteger) : 0;
          ties += isTie(weightSteps) ? Math.abs(integer * weightScale) : 0;
        }
        String what = "token " + token + " output " + o;
        assertEquals(sum, y[token * out + o], tolerance * size + ties, what);
      }
    }
  }

  @Test
  void aTokenDoesNotDependOnOthers() {
    if (!Int8.works()) {
      return;
    }
    float[] x = values(700 * IN, 4);
    float[] weight = values(40 * IN, 5);
    float[] all = product(TorchType.FLOAT32, x, weight, new float[40], 700, IN);
    float[] last = Arrays.copyOfRange(x, 699 * IN, 700 * IN);
    float[] alone = product(TorchType.FLOAT32, last, weight, new float[40], 1, IN);
    assertArrayEquals(Arrays.copyOfRange(all, 699 * 40, 700 * 40), alone);
  }

  @Test
  void notANumberStaysOne() {
    if (!Int8.works()) {
      return;
    }
    float[] x = values(2 * IN, 6);
    x[IN + 7] = Float.NaN;
    float[] y = product(TorchType.FLOAT32, x, values(8 * IN, 7), new float[8], 2, IN);
    for (int i = 0; i < 16; i++) {
      assertEquals(i >= 8, Float.isNaN(y[i]), "value " + i);
    }
  }

  @Test
  void whatDoesNotComputeItIsRefused() {
    String gpu =
        assertThrows(ModelException.class, () -> TowerType.INT8.require("cuda:0")).getMessage();
    assertTrue(gpu.contains("--tower-dtype int8") && gpu.contains("cuda:0"), gpu);
    TowerType.AUTO.require("cuda:0");
    if (Int8.works()) {
      TowerType.INT8.require("cpu");
    } else {
      String cpu =
          assertThrows(ModelException.class, () -> TowerType.INT8.require("cpu")).getMessage();
      assertTrue(cpu.contains("AVX512-VNNI"), cpu);
    }
  }

  /** A step of a token's integers: bfloat16, rounded to even as libtorch does. */
  private static double activationScale(float[] x, int token) {
    float step = Math.max(largest(x, token), 1e-30f) * (float) (1 / 126.4);
    int bits = Float.floatToRawIntBits(step);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
  }

  private static boolean isTie(double steps) {
    return Math.abs(steps - Math.rint(steps)) < 1e-4;
  }

  private static float largest(float[] matrix, int row) {
    float largest = 0;
    for (int i = 0; i < IN; i++) {
      largest = Math.max(largest, Math.abs(matrix[row * IN + i]));
    }
    return largest;
  }

  private static float[] product(
      TorchType type, float[] x, float[] weight, float[] bias, long... shape) {
    try (TensorScope scope = new TensorScope();
        MappedWeights exact = new MappedWeights(TorchType.FLOAT32, "cpu");
        MappedWeights files = new MappedWeights(type, "cpu")) {
      Weights.Builder stored = Weights.builder();
      stored.put(Int8.MATRIX + ".weight", exact.upload(scope, weight, bias.length, IN));
      try (Weights matrix = stored.build()) {
        Tensor[] packed = Int8.pack(scope, matrix);
        Weights.Builder layer =
            Weights.builder()
                .put("proj.weight", packed[0])
                .put("proj.weight.scales", packed[1])
                .put("proj.weight.zeros", packed[2])
                .put("proj.bias", files.upload(scope, bias, bias.length));
        try (Weights weights = layer.build()) {
          Tensor input = files.upload(scope, x, shape);
          return MappedWeights.toFloats(SCRIPT.tensor(scope, "linear", input, weights, "proj"));
        }
      }
    }
  }

  /** Multiples of 1 / 64 below 2, which all types hold. */
  private static float[] values(int count, int seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-127, 128) / 64f;
    }
    return values;
  }
}
