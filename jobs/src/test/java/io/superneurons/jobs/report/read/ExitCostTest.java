package io.superneurons.jobs.report.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCostTest {
  @Test
  void layersAloneCountAlike() {
    ExitCost cost = ExitCost.ofLayers(new ModelLayers(0, 4));
    assertEquals(0.25, cost.share(ModelLayer.ofDecoder(0)));
    assertEquals(1, cost.share(ModelLayer.ofDecoder(3)));
    assertThrows(IllegalArgumentException.class, () -> cost.share(ModelLayer.ofDecoder(4)));
  }

  /** Llama 7B: 4 x 4096 x 4096 weights of attention, 3 x 4096 x 11008 of the MLP. */
  @Test
  void ofTheExitLayerOnlyKeysAndValuesCount() {
    ExitCost cost =
        ExitCost.of(
            ActivationLayout.ofAllLayers(
                32, Map.of(Site.RESID_POST, 4096, Site.ATTN_Z, 4096, Site.MLP_POST, 11_008)));
    double keysAndValues = 33_554_432.0 / 202_375_168;
    assertEquals(keysAndValues / 32, cost.share(ModelLayer.ofDecoder(0)), 1e-12);
    assertEquals((5 + keysAndValues) / 32, cost.share(ModelLayer.ofDecoder(5)), 1e-12);
  }

  @Test
  void theTowerCountsWhereExtractRecordedIt() {
    assertEquals(ExitCost.ofLayers(new ModelLayers(0, 4)), ExitCost.of(metadata(null)));
    ExitCost cost = ExitCost.of(metadata(new PassCost(1000, 40, 300, 500, 100, 50)));
    assertEquals(1600.0 / 3050, cost.share(ModelLayer.ofDecoder(1)), 1e-12);
    assertTrue(cost.explanation().contains("33%"), cost.explanation());
  }

  private static ActivationsMetadata metadata(PassCost cost) {
    return new ActivationsMetadata(
        new ModelIdentity("m", "llava", "f"),
        ActivationLayout.ofAllLayers(4, Map.of(Site.RESID_POST, 8)),
        1,
        StoreDType.FLOAT16,
        "float32",
        Map.of(),
        Map.of(),
        1,
        0,
        Map.of(),
        Map.of(),
        cost,
        null);
  }

  @Test
  void aSiteThatWasNotCapturedLeavesTheLayers() {
    ExitCost cost =
        ExitCost.of(ActivationLayout.ofAllLayers(2, Map.of(Site.RESID_POST, 4, Site.ATTN_Z, 4)));
    assertEquals(ExitCost.ofLayers(new ModelLayers(0, 2)), cost);
  }
}
