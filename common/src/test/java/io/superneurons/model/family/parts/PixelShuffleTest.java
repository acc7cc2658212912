package io.superneurons.model.family.parts;

import static io.superneurons.model.Closeness.assertClose;

import io.superneurons.model.weights.Blocks;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Averages of squares of patches, beside sums in double (AvgPool2d of transformers' Gemma 3). */
class PixelShuffleTest {
  private static final Script SCRIPT = Blocks.compile(PixelShuffle.class, "connector.py");
  private static final int WIDTH = 5;
  private static final int HIDDEN = 4;
  private static final double EPS = 1e-6;

  @ParameterizedTest
  @CsvSource({"6, 2", "7, 2", "7, 3", "4, 4"})
  void whatFillsNoSquareIsLeftOut(int side, int scale) {
    Random random = new Random(side);
    float[] patches = values(2 * side * side * WIDTH, random);
    float[] norm = values(WIDTH, random);
    float[] projection = values(WIDTH * HIDDEN, random);
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, "cpu");
        Weights weights =
            Weights.builder()
                .put("mm_soft_emb_norm.weight", scope.floats(norm, WIDTH))
                .put("mm_input_projection_weight", scope.floats(projection, WIDTH, HIDDEN))
                .build()) {
      Tensor x = files.upload(scope, patches, 2, (long) side * side, WIDTH);
      Tensor tokens = SCRIPT.tensor(scope, "average", x, weights, scale, EPS);
      assertClose(
          expected(patches, side, scale, norm, projection),
          MappedWeights.toFloats(tokens),
          1e-5,
          side + " patches in squares of " + scale);
    }
  }

  private static float[] expected(
      float[] patches, int side, int scale, float[] norm, float[] projection) {
    int squares = side / scale;
    float[] tokens = new float[2 * squares * squares * HIDDEN];
    for (int token = 0; token < tokens.length / HIDDEN; token++) {
      int image = token / (squares * squares);
      int row = token / squares % squares * scale;
      int column = token % squares * scale;
      double[] mean = new double[WIDTH];
      double power = 0;
      for (int i = 0; i < WIDTH; i++) {
        for (int patch = 0; patch < scale * scale; patch++) {
          int at = (image * side + row + patch / scale) * side + column + patch % scale;
          mean[i] += patches[at * WIDTH + i] / (double) (scale * scale);
        }
        power += mean[i] * mean[i] / WIDTH;
      }
      for (int h = 0; h < HIDDEN; h++) {
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
          sum += mean[i] / Math.sqrt(power + EPS) * (1 + norm[i]) * projection[i * HIDDEN + h];
        }
        tokens[token * HIDDEN + h] = (float) sum;
      }
    }
    return tokens;
  }

  private static float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
