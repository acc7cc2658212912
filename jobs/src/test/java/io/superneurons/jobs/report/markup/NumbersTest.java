package io.superneurons.jobs.report.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How the report writes numbers. */
class NumbersTest {
  @Test
  void votesHaveNoDecimalsThatTheyDoNotNeed() {
    assertEquals("24", Numbers.weight(24));
    assertEquals("120", Numbers.weight(120));
    assertEquals("1.5", Numbers.weight(1.5));
    assertEquals("0.333", Numbers.weight(1 / 3.0));
  }
}
