package io.superneurons.jobs.wave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.activation.Site;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.jobs.pass.RunTokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How results travel and find their files. */
class ResultTest {
  @Test
  void resultsOfAPieceStandInTheirOrderWithItsCountsLast() {
    List<Long> keys =
        List.of(ResultKey.row(7, 0), ResultKey.row(7, 1), ResultKey.counts(7), ResultKey.row(8, 0));
    assertEquals(keys, keys.stream().sorted().toList());
    assertEquals(7, ResultKey.piece(ResultKey.row(7, 3)));
    Object[] values = {"text"};
    assertEquals(
        Result.done(7, 3, values).key(), Result.failed(7, 3, ErrorKind.BAD_ROW, values).key());
  }

  @Test
  void neighbouringPiecesShareAWriterWithAllThatTheyCameTo() {
    WaveFiles files = new WaveFiles(20, 10, 3);
    int[] places =
        IntStream.range(20, 30).map(piece -> files.getPartition(ResultKey.row(piece, 5))).toArray();
    assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 2, 2, 2}, places);
    assertEquals(2, files.getPartition(ResultKey.counts(29)));
    Object[] values = {"text"};
    assertEquals(1, files.getPartition(Result.failed(24, 5, ErrorKind.BAD_ROW, values).key()));
    assertEquals(3, files.numPartitions());
  }

  @Test
  void valuesTravelAsTheyAre() {
    Object[] values = {
      "text \u00e9 \0", null, new byte[] {1, -1}, 0.1, -7, Map.of("yes", 2.5), new byte[0], ""
    };
    for (Result result :
        List.of(
            Result.done(3, 1, values),
            Result.failed(3, 2, ErrorKind.BAD_IMAGE, values),
            Result.done(3, 4, new Object[0]))) {
      assertEquals(result, Result.of(result.toTuple()));
    }
    Result unknown = Result.done(0, 0, new Object[] {new Object()});
    assertThrows(IllegalArgumentException.class, unknown::toTuple);
  }

  @Test
  void listsOfValuesTravelAsTheyAre() {
    Object[] member = {3, "mlp_post", 0.5, null};
    Result result = Result.done(0, 0, new Object[] {List.of(member, new Object[0]), "after"});
    Result back = Result.of(result.toTuple());
    List<?> list = (List<?>) back.values()[0];
    assertEquals(2, list.size());
    assertArrayEquals(member, (Object[]) list.get(0));
    assertArrayEquals(new Object[0], (Object[]) list.get(1));
    assertEquals("after", back.values()[1]);
  }

  @Test
  void onlyARowThatFailedHasAnError() {
    Object[] values = {"text"};
    assertThrows(
        IllegalArgumentException.class,
        () -> new Result(1, Result.Kind.DONE, ErrorKind.BAD_ROW, values));
    assertThrows(
        IllegalArgumentException.class, () -> new Result(1, Result.Kind.FAILED, null, values));
  }

  @Test
  void countsTravelAsTheyAre() throws IOException {
    RowCounts counts =
        RowCounts.none()
            .plus(RowCounts.failed(ErrorKind.BAD_IMAGE))
            .plus(RowCounts.failed(ErrorKind.BAD_ROW))
            .plus(RowCounts.DONE)
            .plus(RowCounts.failed(ErrorKind.BAD_IMAGE))
            .plus(RowCounts.captured("float32", Map.of(Site.ATTN_Z, 3L), Map.of()))
            .plus(RowCounts.ENDED_EARLY)
            .with(new Effort(1, new RunTokens(6, 7, 8), 2, 3, 4, 5));
    assertEquals(counts, Result.of(Result.counts(3, counts).toTuple()).counts());
    assertEquals(1, counts.rows());
    assertEquals(4, counts.tried());
    assertEquals(1, counts.endedEarly());
    assertEquals(3, counts.errorCount());
    assertEquals(Map.of("bad_image", 2L, "bad_row", 1L), counts.errorsByName());
    assertEquals(Map.of(Site.ATTN_Z, 3L), counts.saturated());
  }
}
