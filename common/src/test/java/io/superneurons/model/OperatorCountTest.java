package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.LayerVector;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.Operators;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many operators of libtorch a layer takes in 16 bits; where they are to be launched on a GPU,
 * each of them costs. The layer after the first one, with what comes after it (Qwen3-VL's merger).
 */
class OperatorCountTest {
  @ParameterizedTest
  @CsvSource({
    "llava-hub, 20, 39",
    "smolvlm-hub, 21, 40",
    "qwen2_5_vl-hub, 37, 40",
    "qwen3_vl-hub, 30, 59",
    "gemma3-hub, 18, 85"
  })
  void aLayerTakesNoMoreOperators(String name, int ofTower, int ofDecoder) {
    Fixture fixture = Fixture.bundled(name);
    ModelOptions options = ModelOptions.whole(ComputeType.BFLOAT16, "cpu");
    try (VisionLanguageModel model = FixtureRows.open(fixture, options)) {
      RowInput row = FixtureRows.row(fixture, model, fixture.cases().get(0));
      SortedMap<String, Integer> tower =
          layer(model, row, Site.ofTower(LayerVector.RESID_POST, Pooling.MEAN));
      SortedMap<String, Integer> decoder = layer(model, row, Site.RESID_POST);
      assertTrue(sum(tower) <= ofTower, sum(tower) + " in the tower: " + tower);
      assertTrue(sum(decoder) <= ofDecoder, sum(decoder) + " in the decoder: " + decoder);
    }
  }

  /** What a pass that leaves after the second layer runs beyond one that leaves after the first. */
  private static SortedMap<String, Integer> layer(
      VisionLanguageModel model, RowInput row, Site site) {
    SortedMap<String, Integer> two = upTo(model, row, new LayerSite(1, site));
    upTo(model, row, new LayerSite(0, site))
        .forEach((name, count) -> two.merge(name, -count, Integer::sum));
    two.values().removeIf(count -> count == 0);
    return two;
  }

  private static SortedMap<String, Integer> upTo(
      VisionLanguageModel model, RowInput row, LayerSite column) {
    return Operators.of(() -> model.run(List.of(row), Capture.of(List.of(column)), Set.of()));
  }

  private static int sum(SortedMap<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
