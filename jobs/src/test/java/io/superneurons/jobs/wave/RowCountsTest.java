package io.superneurons.jobs.wave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums of what Spark tasks count. */
class RowCountsTest {
  @Test
  void rowsOfTwoComputeTypesAreNeverAddedUp() {
    RowCounts one = RowCounts.captured("bfloat16", Map.of(), Map.of());
    RowCounts other = RowCounts.captured("float32", Map.of(), Map.of());
    assertEquals("bfloat16", RowCounts.DONE.plus(one).plus(RowCounts.none()).computeType());
    assertEquals(2, RowCounts.DONE.plus(one).plus(RowCounts.DONE).plus(one).rows());
    RowCounts sum = RowCounts.DONE.plus(one);
    String message = assertThrows(IllegalStateException.class, () -> sum.plus(other)).getMessage();
    assertTrue(message.contains("in bfloat16, others in float32"), message);
    assertTrue(message.contains("Add --dtype bfloat16"), message);
    RowCounts tower = RowCounts.captured("float16+int8_tower", Map.of(), Map.of());
    message = assertThrows(IllegalStateException.class, () -> tower.plus(other)).getMessage();
    assertTrue(message.contains("Add --dtype float16;"), message);
  }
}
