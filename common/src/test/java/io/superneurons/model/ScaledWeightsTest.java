package io.superneurons.model;

import static io.superneurons.model.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model with matrices of 8 bits and scales is the model with what these numbers stand for. */
class ScaledWeightsTest {
  /** Of the largest absolute value: sums are added up in another order. */
  private static final double TOLERANCE = 1e-4;

  /** All matrices but the router's, whose choice may hang on a last bit. */
  private static final String ALL =
      "(?!.*patch_embed).*(embed_tokens|embed_tokens_per_layer|proj|qkv|fc\\d)(\\.weight)?";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // experts [experts, in, out] with the scales of blocks that are not square
        "qwen3_vl_moe-hub | F8_E4M3 | _scale_inv | 12 | 20"
            + " | {\"quant_method\": \"fp8\", \"weight_block_size\": [12, 20]}",
        "llava-hub | F8_E4M3 | _scale_inv | 12 | 20"
            + " | {\"quant_method\": \"fp8\", \"weight_block_size\": [12, 20]}",
        "gemma4-hub | F8_E4M3 | _scale_inv | 12 | 20"
            + " | {\"quant_method\": \"fp8\", \"weight_block_size\": [12, 20]}",
        // blocks of 128 by 128, which transformers assumes
        "qwen3_vl-hub | F8_E4M3 | _scale_inv | 128 | 128 | {\"quant_method\": \"fp8\"}",
        "llava-hub | F8_E4M3 | _scale_inv | 0 | 0"
            + " | {\"quant_method\": \"fp8\", \"weight_block_size\": null}",
        "qwen2_5_vl-hub | F8_E4M3 | _scale | 16 | 12 | {\"quant_method\": \"compressed-tensors\","
            + " \"format\": \"float-quantized\", \"config_groups\": {\"group_0\": {\"weights\":"
            + " {\"num_bits\": 8, \"type\": \"float\", \"strategy\": \"block\","
            + " \"block_structure\": [16, 12]}}}}",
        "qwen3_vl-hub | I8 | _scale | 1 | 0 | {\"quant_method\": \"compressed-tensors\","
            + " \"format\": \"int-quantized\", \"config_groups\": {\"group_0\": {\"weights\":"
            + " {\"num_bits\": 8, \"type\": \"int\", \"strategy\": \"channel\","
            + " \"symmetric\": true}}}}",
      })
  void equalsTheModelMultipliedOut(
      String name, String type, String suffix, int rows, int columns, String config)
      throws IOException {
    Fixture fixture = Fixture.bundled(name);
    ScaledCopy copy =
        new ScaledCopy(
            fixture.checkpoint(), ALL, new ScaledCopy.Scheme(type, suffix, rows, columns, config));
    Checkpoint scaled = copy.scaled(folder.resolve("scaled"));
    Checkpoint plain = copy.multipliedOut(folder.resolve("plain"));
    requireEqualLogits(fixture, scaled, plain);
    requireEqualNeuronsOfTheTower(fixture, scaled, plain);
  }

  private static void requireEqualLogits(Fixture fixture, Checkpoint scaled, Checkpoint plain) {
    try (VisionLanguageModel actual = VisionLanguageModel.open(scaled, TestDevice.exact());
        VisionLanguageModel expected = VisionLanguageModel.open(plain, TestDevice.exact())) {
      for (Fixture.Case c : fixture.cases()) {
        RowInput row = FixtureRows.row(fixture, expected, c);
        assertClose(expected.logits(row), actual.logits(row), TOLERANCE, fixture + " " + c);
      }
    }
  }

  /** Some neurons alone, for which a part of each matrix is taken. */
  private static void requireEqualNeuronsOfTheTower(
      Fixture fixture, Checkpoint scaled, Checkpoint plain) {
    ActivationLayout layout = ModelDescription.of(plain).layout();
    int exit = layout.tower().captured().iterator().next();
    ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(ModelLayer.ofTower(exit)));
    Map<LayerSite, SiteNeurons> some = new TreeMap<>();
    layout
        .widths()
        .usual()
        .forEach(
            (site, width) -> {
              if (site.part() == Part.TOWER) {
                some.put(
                    new LayerSite(exit, site), SiteNeurons.of(new TreeSet<>(Set.of(1, width - 1))));
              }
            });
    assertFalse(some.isEmpty());
    try (VisionLanguageModel actual = VisionLanguageModel.open(scaled, options);
        VisionLanguageModel expected = VisionLanguageModel.open(plain, options)) {
      RowInput row =
          RowInput.ofImage(FixtureRows.row(fixture, expected, fixture.cases().get(0)).image());
      for (LayerSite column : some.keySet()) {
        Capture one = Capture.ofNeurons(Map.of(column, some.get(column)));
        assertClose(
            expected.run(List.of(row), one, Set.of()).get(0).activations().get(column),
            actual.run(List.of(row), one, Set.of()).get(0).activations().get(column),
            TOLERANCE,
            fixture + " " + column);
      }
    }
  }
}
