package io.superneurons.jobs.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CutsTest {
  @Test
  void piecesKeepTheOrderAndAreOfAboutOneSize() {
    for (long rows : new long[] {1, 7, 1000, 16_384, 40_001, 100_000}) {
      for (int pieces : new int[] {1, 3, 7}) {
        long[] sizes = sizes(rows, pieces, LongStream.range(0, rows).toArray());
        long even = rows / pieces;
        for (long size : sizes) {
          assertTrue(Math.abs(size - even) <= 1 + rows / 10_000, rows + " in " + pieces);
        }
      }
    }
  }

  @Test
  void whatIsNewInALargeCorpusIsCutEvenly() {
    long[] fresh = LongStream.range(9_000_000, 9_004_000).toArray();
    long[] sizes = sizes(10_000_000, 4, fresh);
    for (long size : sizes) {
      assertTrue(size >= 800 && size <= 1200, "" + size);
    }
  }

  /** Also that pieces do not fall where positions rise. */
  private static long[] sizes(long rows, int pieces, long[] positions) {
    Map<Integer, Long> stretches = new TreeMap<>();
    for (long position : positions) {
      stretches.merge(Cuts.stretch(position, rows), 1L, Long::sum);
    }
    Cuts cuts = Cuts.of(stretches, rows, pieces);
    long[] sizes = new long[pieces];
    int last = 0;
    for (long position : positions) {
      int piece = cuts.piece(position);
      assertTrue(piece >= last);
      last = piece;
      sizes[piece]++;
    }
    assertEquals(positions.length, LongStream.of(sizes).sum());
    return sizes;
  }
}
