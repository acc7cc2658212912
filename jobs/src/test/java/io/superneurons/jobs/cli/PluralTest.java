package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void onlyOneHasNoS() {
    assertEquals("0 images", Plural.text(0, "image"));
    assertEquals("1 image", Plural.text(1, "image"));
    assertEquals("2 rows", Plural.text(2, "row"));
    assertEquals("1,000 rows", Plural.text(1000, "row"));
  }
}
