package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.PromptSettings;
import io.superneurons.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other limits of pixels than the checkpoint's, as transformers' processors take them. */
class PixelLimitsTest {
  private static final Checkpoint LLAVA = Fixture.bundled("llava-hub").checkpoint();
  private static final Checkpoint QWEN = Fixture.bundled("qwen3_vl-hub").checkpoint();

  static Stream<Fixture> fixtures() {
    return Stream.of(
            "qwen2_vl-hub",
            "qwen2_vl-v5",
            "qwen2_5_vl-hub",
            "qwen2_5_vl-v5",
            "qwen3_vl-hub",
            "qwen3_vl-v5")
        .map(Fixture::bundled);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void gridsAndIdsAreThoseOfTransformersProcessor(Fixture fixture) {
    List<Fixture.Limited> rows = fixture.limited();
    assertFalse(rows.isEmpty());
    for (Fixture.Limited row : rows) {
      ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(0)).withPixels(row.limits());
      try (VisionLanguageModel model = FixtureRows.open(fixture, options);
          Tokenizer tokenizer = Tokenizer.open(fixture.checkpoint())) {
        ImageInput image = model.prepare(Fixture.decode(row.image()));
        int[] blocks = image.pixels().shape(); // [block rows, block columns, patches, values]
        int merge = (int) Math.sqrt(blocks[2]);
        assertArrayEquals(
            row.grid(), new long[] {1, (long) blocks[0] * merge, (long) blocks[1] * merge});
        assertEquals(row.pixelMean(), mean(image.pixels().values()), 1e-6);
        PromptBuilder prompts =
            PromptBuilder.of(
                fixture.checkpoint(),
                tokenizer,
                ModelDescription.of(fixture.checkpoint()).imageSlot(),
                PromptSettings.DEFAULT);
        long[] ids = prompts.build(row.question()).ids();
        assertArrayEquals(row.inputIds(), model.expand(new RowInput(image, ids)));
      }
    }
  }

  @Test
  void whatIsNotAskedForIsTheCheckpoints() {
    PixelLimits own = ModelDescription.of(QWEN).pixelLimits(PixelLimits.OWN).orElseThrow();
    PixelLimits most = new PixelLimits(null, own.most() / 2);
    assertEquals(
        Optional.of(new PixelLimits(own.least(), own.most() / 2)),
        ModelDescription.of(QWEN).pixelLimits(most));
    assertEquals(Optional.empty(), ModelDescription.of(LLAVA).pixelLimits(PixelLimits.OWN));
  }

  @Test
  void limitsThatCannotHoldAreRefused() {
    PixelLimits most = new PixelLimits(null, 10L);
    ModelException other =
        assertThrows(ModelException.class, () -> ModelDescription.of(LLAVA).pixelLimits(most));
    assertTrue(other.getMessage().contains("llava"), other.getMessage());
    ModelException below =
        assertThrows(ModelException.class, () -> ModelDescription.of(QWEN).pixelLimits(most));
    assertTrue(below.getMessage().contains("the checkpoint's own"), below.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new PixelLimits(0L, 10L));
    assertThrows(IllegalArgumentException.class, () -> new PixelLimits(20L, 10L));
  }

  private static double mean(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return Arrays.stream(doubles).average().orElseThrow();
  }
}
