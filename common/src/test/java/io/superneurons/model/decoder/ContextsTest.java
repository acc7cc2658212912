package io.superneurons.model.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.model.ReferenceAttention;
import io.superneurons.model.TestDevice;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoder's attention beside sums in double over what {@link Contexts} says: segment by segment
 * on a CPU, in one kernel on a GPU.
 */
class ContextsTest {
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int DIM = 8;
  private static final int GENERATED = 2;
  private static final int[] NO_RUNS = {};
  private static final int[] NOT_AT_ONCE = {};

  /** A prefix that two rows share, and a row alone. */
  private static final PackedBatch BATCH =
      new PackedBatch(
          new long[13],
          new long[1][13],
          new int[] {0, 5, -1, 5, 3, 0, 8, 1, 0, 9, 4, -1},
          new int[] {1, 2, 3},
          new long[] {7, 8, 12},
          new long[0],
          new long[0],
          new long[3]);

  private final Random random = new Random(3);

  @Test
  void segmentsSeeTheirPrefixAndThemselves() {
    Contexts contexts = Contexts.ofSegments(BATCH);
    long[] tokens = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 8, 9, 10, 11, 12};
    assertArrayEquals(tokens, contexts.tokens());
    assertArrayEquals(new long[] {0, 5, 8, 9, 13}, contexts.queryBounds());
    assertArrayEquals(new long[] {0, 5, 13, 19, 23}, contexts.tokenBounds());
    assertArrayEquals(new int[] {5, 8}, contexts.longest());
  }

  @Test
  void whereNothingIsSharedTokensAreTakenAsTheyAre() {
    PackedBatch alone = BATCH.only(new int[] {2}).batch();
    assertEquals(0, Contexts.ofSegments(alone).tokens().length);
    assertEquals(0, Contexts.ofRows(alone, 0).tokens().length);
    assertEquals(0, Contexts.ofRows(alone, 3).tokens().length);
    assertArrayEquals(new long[] {0, 7}, Contexts.ofRows(alone, 3).tokenBounds());
    PackedBatch sharing = BATCH.only(new int[] {1}).batch(); // with the prefix
    assertEquals(5 + 6, Contexts.ofSegments(sharing).tokens().length);
  }

  @Test
  void rowsSeeTheirPromptAndWhatTheyGenerated() {
    Contexts contexts = Contexts.ofRows(BATCH, GENERATED);
    long[] tokens = {
      0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 0, 1, 2, 3, 4, 8, 15, 16, 9, 10, 11, 12, 17, 18
    };
    assertArrayEquals(tokens, contexts.tokens());
    assertArrayEquals(new long[] {0, 1, 2, 3}, contexts.queryBounds());
    assertArrayEquals(new long[] {0, 10, 18, 24}, contexts.tokenBounds());
    assertArrayEquals(new int[] {1, 10}, contexts.longest());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 100})
  void everyTokenAttendsToItsContext(int window) {
    check(Contexts.ofSegments(BATCH), window, "attend", 13, 0, BATCH.segments(), NO_RUNS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 100})
  void lastTokensAttendToTheirContext(int window) {
    check(
        Contexts.ofRows(BATCH, 0),
        window,
        "attend_last",
        3,
        0,
        BATCH.segments(),
        BATCH.rowSegments());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 100})
  void generatedTokensAttendToTheirContext(int window) {
    check(
        Contexts.ofRows(BATCH, GENERATED),
        window,
        "attend_new",
        3,
        GENERATED,
        BATCH.segments(),
        BATCH.rowSegments());
  }

  /**
   * @param window tokens that a query sees at most; 0 for all
   * @param generated tokens of each row behind the batch's own
   * @param batch the function's arguments that say where segments and rows are
   */
  private void check(
      Contexts contexts, int window, String function, int queries, int generated, int[]... batch) {
    int rows = BATCH.rows();
    float[] q = ReferenceAttention.values(queries * HEADS * DIM, random);
    float[] k = ReferenceAttention.values((13 + rows * generated) * KV_HEADS * DIM, random);
    float[] v = ReferenceAttention.values(k.length, random);
    float[] actual;
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.BFLOAT16, TestDevice.NAME)) {
      boolean atOnce = !TestDevice.NAME.equals("cpu");
      List<Tensor> visible =
          List.of(
              indices(scope, files, contexts.tokens()),
              bounds(scope, files, contexts.queryBounds()),
              bounds(scope, files, contexts.tokenBounds()));
      List<Object> arguments = new ArrayList<>();
      arguments.add(files.upload(scope, q, queries, HEADS, DIM));
      int own = 13 * KV_HEADS * DIM;
      for (float[] all : List.of(k, v)) {
        float[] prompt = Arrays.copyOf(all, own);
        arguments.add(files.upload(scope, prompt, 13, KV_HEADS, DIM));
      }
      if (generated > 0) {
        for (float[] all : List.of(k, v)) {
          float[] further = Arrays.copyOfRange(all, own, all.length);
          arguments.add(files.upload(scope, further, rows, generated, KV_HEADS, DIM));
        }
      }
      arguments.addAll(List.of(batch));
      arguments.add(visible);
      arguments.add(atOnce ? contexts.longest() : NOT_AT_ONCE);
      arguments.add(window);
      actual = MappedWeights.toFloats(Decoder.SCRIPT.tensor(scope, function, arguments.toArray()));
    }
    assertEquals(q.length, actual.length);
    double[] expected = attended(contexts, window, q, k, v);
    double[] found = IntStream.range(0, actual.length).mapToDouble(i -> actual[i]).toArray();
    assertArrayEquals(expected, found, 0.02);
  }

  private static Tensor indices(TensorScope scope, MappedWeights files, long[] values) {
    return files.longs(scope, values, values.length);
  }

  private static Tensor bounds(TensorScope scope, MappedWeights files, long[] values) {
    return Decoder.SCRIPT.tensor(scope, "bounds", indices(scope, files, values));
  }

  private static double[] attended(Contexts contexts, int window, float[] q, float[] k, float[] v) {
    double[] z = new double[q.length];
    for (int s = 0; s + 1 < contexts.queryBounds().length; s++) {
      int first = (int) contexts.tokenBounds()[s];
      int end = (int) contexts.tokenBounds()[s + 1];
      int lastQuery = (int) contexts.queryBounds()[s + 1] - 1;
      for (int query = (int) contexts.queryBounds()[s]; query <= lastQuery; query++) {
        int last = end - (lastQuery - query);
        int from = window == 0 ? first : Math.max(first, last - window);
        for (int head = 0; head < HEADS; head++) {
          int kvHead = head / (HEADS / KV_HEADS);
          int[] at =
              IntStream.range(from, last)
                  .map(i -> ((int) contexts.tokens()[i] * KV_HEADS + kvHead) * DIM)
                  .toArray();
          ReferenceAttention.attend(q, (query * HEADS + head) * DIM, k, v, at, DIM, z);
        }
      }
    }
    return z;
  }
}
