package io.superneurons.model;

import static io.superneurons.model.FixtureRows.open;
import static io.superneurons.model.FixtureRows.pixels;
import static io.superneurons.model.FixtureRows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.PixelValues;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.text.ImageSlot;
import io.superneurons.text.Prompt;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.PromptSettings;
import io.superneurons.text.Tokenizer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family must make of images and questions, on fixtures of transformers' processors. */
class InputContractTest {
  static Stream<Fixture> fixtures() {
    return Fixture.everyFamily();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void thePlaceholderBecomesAsManyTokensAsTransformersGives(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      for (Fixture.Case c : fixture.cases()) {
        assertArrayEquals(c.inputIds(), model.expand(row(fixture, model, c)), c.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void promptAndIdsEqualTransformers(Fixture fixture) {
    Checkpoint checkpoint = fixture.checkpoint();
    try (VisionLanguageModel model = open(fixture, TestDevice.exact());
        Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      ImageSlot slot = ModelDescription.of(checkpoint).imageSlot();
      PromptBuilder prompts = PromptBuilder.of(checkpoint, tokenizer, slot, PromptSettings.DEFAULT);
      for (Fixture.Case c : fixture.cases()) {
        ImageInput image = model.prepare(Fixture.decode(c.image()));
        Prompt prompt = prompts.build(c.question());
        assertEquals(c.prompt(), prompt.rendered());
        Prompt expanded =
            model.expansion(image).map(text -> prompts.expand(prompt, text)).orElse(prompt);
        assertArrayEquals(
            c.inputIds(), model.expand(new RowInput(image, expanded.ids())), c.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void pixelValuesEqualTransformersWithinOneGreyLevel(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      double tolerance = pixelTolerance(fixture) + 1e-5;
      for (Fixture.Case c : fixture.cases()) {
        Fixture.Golden expected = pixels(fixture, c);
        PixelValues prepared = model.prepare(Fixture.decode(c.image())).pixels();
        assertArrayEquals(expected.shape(), prepared.shape(), c.toString());
        float[] golden = expected.values();
        float[] actual = prepared.values();
        int different = 0;
        for (int i = 0; i < golden.length; i++) {
          assertEquals(golden[i], actual[i], tolerance, c + " value " + i);
          different += Math.abs(golden[i] - actual[i]) > 1e-5 ? 1 : 0;
        }
        assertTrue(different <= 0.01 * golden.length, c + ": " + different + " values differ");
      }
    }
  }

  /** One grey level after normalising; two for Lanczos, which overshoots. */
  private static double pixelTolerance(Fixture fixture) {
    Config config = fixture.checkpoint().imageProcessorConfig();
    double smallest = Arrays.stream(config.doubles("image_std")).min().orElse(0.26130258);
    int levels = config.intValue("resample", 3) == 1 ? 2 : 1;
    return levels / 255.0 / smallest;
  }
}
