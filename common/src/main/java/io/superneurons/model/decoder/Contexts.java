package io.superneurons.model.decoder;

import io.superneurons.torch.PassNumbers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a batch's queries see, as kernels for sequences of different lengths take it: each sequence
 * has its queries, one after another, and its tokens, of which the last query sees all, the one
 * before it all but the last, and so on.
 *
 * @param tokens indices among the batch's tokens, one sequence after another; empty where they are
 *     all tokens in their order, as where sequences share nothing
 * @param queryBounds where each sequence's queries start, and the end [sequences + 1]
 * @param tokenBounds where each sequence's tokens start among {@code tokens}, and the end
 *     [sequences + 1]
 */
record Contexts(long[] tokens, long[] queryBounds, long[] tokenBounds) {

  /** Every token of a batch is a query, and every segment a sequence. */
  static Contexts ofSegments(PackedBatch batch) {
    Collector collector = new Collector(batch, 0);
    for (int segment = 0; segment < batch.segments().length / 3; segment++) {
      collector.add(segment, batch.segments()[3 * segment + 1], LongStream.empty());
    }
    return collector.contexts();
  }

  /**
   * Every row has one query: its last token, or the last of those it generated.
   *
   * @param generated tokens of each row, which stand behind the batch's own, row by row
   */
  static Contexts ofRows(PackedBatch batch, int generated) {
    Collector collector = new Collector(batch, generated);
    for (int row = 0; row < batch.rows(); row++) {
      long first = batch.tokens() + (long) row * generated;
      collector.add(batch.rowSegments()[row], 1, LongStream.range(first, first + generated));
    }
    return collector.contexts();
  }

  /** Says what of them is needed on the device. */
  void need(PassNumbers numbers) {
    for (long[] indices : List.of(tokens, queryBounds, tokenBounds)) {
      numbers.needIndices(indices);
    }
  }

  /** The most queries that a sequence has, and the most tokens [2]. */
  int[] longest() {
    return new int[] {longest(queryBounds), longest(tokenBounds)};
  }

  private static int longest(long[] bounds) {
    return IntStream.range(1, bounds.length)
        .map(i -> Math.toIntExact(bounds[i] - bounds[i - 1]))
        .max()
        .orElse(0);
  }

  private static final class Collector {
    private final int[] segments;
    private final LongStream.Builder tokens = LongStream.builder();
    private final LongStream.Builder queryBounds = LongStream.builder().add(0);
    private final LongStream.Builder tokenBounds = LongStream.builder().add(0);
    private long queries;
    private long count;
    private final int all; // tokens that there are

    Collector(PackedBatch batch, int generated) {
      this.all = batch.tokens() + batch.rows() * generated;
      this.segments = batch.segments();
    }

    void add(int segment, int ofSequence, LongStream further) {
      int parent = segments[3 * segment + 2];
      if (parent >= 0) {
        own(parent).forEach(this::token);
      }
      own(segment).forEach(this::token);
      further.forEach(this::token);
      queries += ofSequence;
      queryBounds.add(queries);
      tokenBounds.add(count);
    }

    private LongStream own(int segment) {
      long start = segments[3 * segment];
      return LongStream.range(start, start + segments[3 * segment + 1]);
    }

    private void token(long index) {
      tokens.add(index);
      count++;
    }

    Contexts contexts() {
      long[] indices = tokens.build().toArray();
      boolean inOrder =
          indices.length == all && IntStream.range(0, all).allMatch(i -> indices[i] == i);
      return new Contexts(
          inOrder ? new long[0] : indices,
          queryBounds.build().toArray(),
          tokenBounds.build().toArray());
    }
  }
}
