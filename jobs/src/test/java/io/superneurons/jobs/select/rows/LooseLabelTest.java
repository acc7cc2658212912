package io.superneurons.jobs.select.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseLabelTest {
  @ParameterizedTest
  @CsvSource({
    "Yes, ' yes '",
    "big cat, big\u00a0cat",
    "big cat, 'big  \u3000cat'",
    "yes, yes\u200b",
    "yes, \ufeffyes",
    "caf\u00e9, cafe\u0301",
    "A1, \uff21\uff11",
    "1, 1.0",
    "1, +1.",
    "0.5, 0.50",
    "100, 100.00",
  })
  void whatLooksAlikeIsAlike(String one, String other) {
    assertEquals(LooseLabel.of(one), LooseLabel.of(other));
  }

  @Test
  void whatDiffersDoesNot() {
    assertNotEquals(LooseLabel.of("1"), LooseLabel.of("-1"));
    assertNotEquals(LooseLabel.of("1"), LooseLabel.of("10"));
    assertNotEquals(LooseLabel.of("C"), LooseLabel.of("C++"));
    assertNotEquals(LooseLabel.of("m2"), LooseLabel.of("m\u00b2"));
    assertNotEquals(LooseLabel.of("cafe"), LooseLabel.of("caf\u00e9"));
  }
}
