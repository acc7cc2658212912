package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tower's attention in bfloat16 on a CPU, beside sums in double. */
class AttentionTest {
  private static final Script SCRIPT = Blocks.compile("attention.py");
  private static final int DIM = 4;

  @ParameterizedTest
  @CsvSource({
    "2, 5, 3", // all heads of all runs at once
    "1, 1000, 5", // two heads at a time, and one that is left
    "1, 2100, 2" // a head at a time, and its queries in two blocks
  })
  void everyTokenSeesAllOfItsRun(int runs, int tokens, int heads) {
    Random random = new Random(tokens);
    int size = runs * tokens * heads * DIM;
    float[] q = values(size, random);
    float[] k = values(size, random);
    float[] v = values(size, random);
    double[] actual = new double[size];
    try (TensorScope scope = new TensorScope();
        MappedWeights half = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      long[] shape = {runs, tokens, heads, DIM};
      Tensor z =
          SCRIPT.tensor(
              scope,
              "attend_by_products",
              half.place(scope, scope.floats(q, shape)),
              half.place(scope, scope.floats(k, shape)),
              half.place(scope, scope.floats(v, shape)));
      float[] floats = MappedWeights.toFloats(z);
      for (int i = 0; i < size; i++) {
        actual[i] = floats[i];
      }
    }
    double[] expected = new double[size];
    for (int run = 0; run < runs; run++) {
      for (int head = 0; head < heads; head++) {
        attend(q, k, v, expected, run * tokens * heads + head, tokens, heads);
      }
    }
    assertArrayEquals(expected, actual, 0.02);
  }

  /** Multiples of 1 / 64 below 2, which bfloat16 holds. */
  private static float[] values(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(-127, 128) / 64f;
    }
    return values;
  }

  /**
   * One head of one run.
   *
   * @param first the head's vector of the run's first token, counted in vectors
   */
  private static void attend(
      float[] q, float[] k, float[] v, double[] z, int first, int tokens, int heads) {
    double[] weights = new double[tokens];
    for (int query = 0; query < tokens; query++) {
      int at = (first + query * heads) * DIM;
      double sum = 0;
      for (int key = 0; key < tokens; key++) {
        double score = 0;
        for (int d = 0; d < DIM; d++) {
          score += (double) q[at + d] * k[(first + key * heads) * DIM + d];
        }
        weights[key] = Math.exp(score / Math.sqrt(DIM));
        sum += weights[key];
      }
      for (int key = 0; key < tokens; key++) {
        for (int d = 0; d < DIM; d++) {
          z[at + d] += weights[key] / sum * v[(first + key * heads) * DIM + d];
        }
      }
    }
  }
}
