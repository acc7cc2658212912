package io.superneurons.model.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.superneurons.model.ReferenceAttention;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.Blocks;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tower's attention in bfloat16 on a CPU, beside sums in double. */
class AttentionTest {
  private static final Script SCRIPT = Blocks.compile(VitTower.class, "attention.py");
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
    float[] q = ReferenceAttention.values(size, random);
    float[] k = ReferenceAttention.values(size, random);
    float[] v = ReferenceAttention.values(size, random);
    double[] actual = new double[size];
    try (TensorScope scope = new TensorScope();
        MappedWeights half = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      long[] shape = {runs, tokens, heads, DIM};
      Tensor z =
          SCRIPT.tensor(
              scope,
              "attend_by_products",
              half.upload(scope, q, shape),
              half.upload(scope, k, shape),
              half.upload(scope, v, shape));
      float[] floats = MappedWeights.toFloats(z);
      for (int i = 0; i < size; i++) {
        actual[i] = floats[i];
      }
    }
    double[] expected = new double[size];
    for (int run = 0; run < runs; run++) {
      for (int head = 0; head < heads; head++) {
        int first = run * tokens * heads + head;
        int[] at = IntStream.range(0, tokens).map(i -> (first + i * heads) * DIM).toArray();
        for (int query : at) {
          ReferenceAttention.attend(q, query, k, v, at, DIM, expected);
        }
      }
    }
    assertArrayEquals(expected, actual, 0.02);
  }
}
