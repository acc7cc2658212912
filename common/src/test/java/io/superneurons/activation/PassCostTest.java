package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassCostTest {
  private final PassCost cost = new PassCost(1000, 40, 300, 500, 100, 50);

  @Test
  void theTowerCountsForEveryExit() {
    assertEquals(1100, cost.upTo(ModelLayer.ofDecoder(0)));
    assertEquals(2600, cost.upTo(ModelLayer.ofDecoder(3)));
    assertEquals(3050, cost.whole(4));
    assertEquals(1100.0 / 3050, cost.share(ModelLayer.ofDecoder(0), 4));
    assertThrows(IllegalArgumentException.class, () -> cost.share(ModelLayer.ofDecoder(4), 4));
    assertEquals(640.0 / 3050, cost.share(ModelLayer.ofTower(1), 4));
    PassCost unknown = new PassCost(1000, 0, 0, 500, 100, 50);
    assertThrows(IllegalArgumentException.class, () -> unknown.share(ModelLayer.ofTower(1), 4));
  }

  @Test
  void anExitLayerCostsAtMostALayer() {
    assertThrows(IllegalArgumentException.class, () -> new PassCost(0, 0, 0, 10, 11, 0));
    assertThrows(IllegalArgumentException.class, () -> new PassCost(-1, 0, 0, 10, 1, 0));
  }

  @Test
  void theMeanWeighsEachPassByItsRows() {
    PassCost other = new PassCost(2000, 80, 600, 900, 200, 50);
    assertEquals(
        new PassCost(1250, 50, 375, 600, 125, 50),
        PassCost.mean(List.of(cost, other), new long[] {3, 1}));
  }
}
