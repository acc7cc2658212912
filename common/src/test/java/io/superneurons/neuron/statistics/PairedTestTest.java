package io.superneurons.neuron.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import org.junit.jupiter.api.Test;

class PairedTestTest {
  @Test
  void pValuesAreSciPys() {
    for (JsonNode c : Fixture.read().get("paired_tests")) {
      PairedTest test = new PairedTest(c.get("first").asInt(), c.get("second").asInt());
      double expected = c.get("p_value").asDouble();
      assertEquals(expected, test.pValue(), 1e-9 * expected, test.toString());
      assertEquals(c.get("verdict").asText(), test.verdict().label(), test.toString());
    }
  }

  @Test
  void imagesCountOnceAndRowsOnWhichBothAreRightOrWrongNotAtAll() {
    int[] given = {0, 1, 0, 1, 0, 1, 0};
    int[] images = {0, 0, 0, 1, 2, 3, 3};
    int[] first = {0, 1, 1, 0, 0, 1, 1}; // right, right, wrong | wrong | right | right, wrong
    int[] second = {1, 0, 0, -1, 1, 0, 0}; // wrong, wrong, right | wrong | wrong | wrong, right
    assertEquals(new PairedTest(2, 0), PairedTest.of(given, images, first, second));
    assertEquals(new PairedTest(0, 2), PairedTest.of(given, images, second, first));
    assertEquals(1, PairedTest.of(given, images, first, first).pValue());
  }
}
