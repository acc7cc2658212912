package io.superneurons.jobs.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Ids that repeat, told from few of them. */
class SampledIdsTest {
  @Test
  void fewIdsAreCountedExactly() {
    SampledIds one = ids(0, 2_000);
    SampledIds other = ids(1_990, 4_000);
    assertEquals(0, one.repeated());
    assertEquals(10, one.plus(other).repeated());
    assertEquals(10, other.plus(one).repeated());
    assertEquals(2_020, one.plus(other).plus(ids(1_990, 4_000)).repeated());
  }

  @Test
  void ofManyIdsTheSampleIsTheSameHoweverTheyAreSpread() {
    int all = 50_000;
    SampledIds whole = ids(0, all).plus(ids(0, all / 2));
    SampledIds parts = new SampledIds();
    for (int from = 0; from < all; from += 10_000) {
      parts = parts.plus(ids(from, from + 10_000));
    }
    for (int i = all / 2 - 1; i >= 0; i--) {
      parts.add("id" + i);
    }
    assertEquals(whole.repeated(), parts.repeated());
    assertEquals(0.5, (double) whole.repeated() / SampledIds.MOST, 0.05);
    assertEquals(0, ids(0, all).repeated());
  }

  private static SampledIds ids(int from, int end) {
    SampledIds ids = new SampledIds();
    for (int i = from; i < end; i++) {
      ids.add("id" + i);
    }
    return ids;
  }
}
