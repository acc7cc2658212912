package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PassCostTest {
  private final PassCost cost = new PassCost(1000, 500, 100, 50);

  @Test
  void theTowerCountsForEveryExit() {
    assertEquals(1100, cost.upTo(0));
    assertEquals(2600, cost.upTo(3));
    assertEquals(3050, cost.whole(4));
    assertEquals(1100.0 / 3050, cost.share(0, 4));
    assertThrows(IllegalArgumentException.class, () -> cost.share(4, 4));
  }

  @Test
  void anExitLayerCostsAtMostALayer() {
    assertThrows(IllegalArgumentException.class, () -> new PassCost(0, 10, 11, 0));
    assertThrows(IllegalArgumentException.class, () -> new PassCost(-1, 10, 1, 0));
  }
}
