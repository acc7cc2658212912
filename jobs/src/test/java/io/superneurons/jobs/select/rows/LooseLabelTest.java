package io.superneurons.jobs.select.rows;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseLabelTest {
  private static boolean alike(String one, String other) {
    return !Collections.disjoint(LooseLabel.of(one), LooseLabel.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "Yes, ' yes '",
    "big cat, big\u00a0cat",
    "big cat, 'big  \u3000cat'",
    "yes, yes\u200b",
    "yes, \ufeffyes",
    "yes, y\u00ades",
    "yes, \u202byes\u202c",
    "yes, yes\u061c",
    "yes, y\u0007es",
    "\u2764, \u2764\ufe0f",
    "caf\u00e9, cafe\u0301",
    "A1, \uff21\uff11",
    "\u30ac, \uff76\uff9e",
    "file, \ufb01le",
    "5 \u00b5m, 5 \u03bcm",
    "wait..., wait\u2026",
    "IV, \u2163",
    "don't, don\u2019t",
    "\"a\", \u201ca\u201d",
    "x-ray, x\u2010ray",
    "-1, \u22121",
    "cop, \u0441\u043e\u0440",
    "TOM, \u0422\u041e\u041c",
    "\u0421\u0422\u041e\u041f, \u0441\u0442\u043e\u043f",
    "\u03a3\u0391\u03a3, \u03c3\u03b1\u03c2",
    "IYI, \u0131y\u0131",
    "\u0130yi, iyi",
    "FILE, file",
    "1, 1.0",
    "1, +1.",
    "0.5, 0.50",
    "0.5, .5",
    "100, 100.00",
    "10000000000, 1.0E10",
  })
  void whatLooksAlikeIsAlike(String one, String other) {
    assertTrue(alike(one, other), LooseLabel.of(one) + " " + LooseLabel.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "1, -1",
    "1, 10",
    "C, C++",
    "m2, m\u00b2",
    "cafe, caf\u00e9",
    "ad\u0131, adi",
    "a, \u03b1",
    "mm, \u00b5m",
    "O, 0",
    "l, 1",
    "+, -",
    "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F,"
        + "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
  })
  void whatDiffersDoesNot(String one, String other) {
    assertFalse(alike(one, other), LooseLabel.of(one) + " " + LooseLabel.of(other));
  }
}
