package io.superneurons.model;

import static io.superneurons.model.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.PixelValues;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.Prompt;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.PromptSettings;
import io.superneurons.text.Tokenizer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Other limits of images' size than the checkpoint's, as transformers' processors take them. */
class SizeLimitsTest {
  private static final LayerSite FIRST = new LayerSite(0, Site.RESID_POST);
  private static final Checkpoint LLAVA = Fixture.bundled("llava-hub").checkpoint();
  private static final Checkpoint SMOLVLM = Fixture.bundled("smolvlm-hub").checkpoint();
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
      ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(0)).withLimits(row.limits());
      try (VisionLanguageModel model = FixtureRows.open(fixture, options);
          Tokenizer tokenizer = Tokenizer.open(fixture.checkpoint())) {
        ImageInput image = model.prepare(Fixture.decode(row.image()));
        int[] blocks = image.pixels().shape(); // [block rows, block columns, patches, values]
        int merge = (int) Math.sqrt(blocks[2]);
        assertArrayEquals(
            row.grid(), new long[] {1, (long) blocks[0] * merge, (long) blocks[1] * merge});
        assertEquals(row.pixelMean(), mean(image.pixels().values()), 1e-6);
        PromptBuilder prompts = prompts(fixture, tokenizer);
        long[] ids = prompts.build(row.question()).ids();
        assertArrayEquals(row.inputIds(), model.expand(new RowInput(image, ids)));
      }
    }
  }

  static Stream<Fixture> tiled() {
    return Fixture.bundled()
        .filter(fixture -> Files.exists(fixture.folder().resolve("tiles.jsonl")));
  }

  @ParameterizedTest
  @MethodSource("tiled")
  void tilesAndIdsAreThoseOfTransformersProcessor(Fixture fixture) {
    List<Fixture.Tiled> rows = fixture.tiled();
    assertFalse(rows.isEmpty());
    for (Fixture.Tiled row : rows) {
      String what = fixture.folder().getFileName() + " " + row;
      SizeLimits asked = SizeLimits.ofTiles(row.mostTiles());
      SizeLimits held = ModelDescription.of(fixture.checkpoint()).sizeLimits(asked);
      assertTrue(row.pixelMeans().length <= held.mostTiles() + 1, what);
      ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(0)).withLimits(asked);
      try (VisionLanguageModel model = FixtureRows.open(fixture, options);
          Tokenizer tokenizer = Tokenizer.open(fixture.checkpoint())) {
        ImageInput image = model.prepare(Fixture.decode(row.image()));
        assertArrayEquals(row.pixelMeans(), meanOfEachView(image.pixels()), 1e-6, what);
        PromptBuilder prompts = prompts(fixture, tokenizer);
        Prompt prompt = prompts.build(row.question());
        Prompt expanded =
            model.expansion(image).map(text -> prompts.expand(prompt, text)).orElse(prompt);
        RowInput input = new RowInput(image, expanded.ids());
        assertArrayEquals(row.inputIds(), model.expand(input), what);
        RowOutput output = model.run(List.of(input), Capture.of(List.of(FIRST)), Set.of()).get(0);
        assertClose(row.residPost(), output.activations().get(FIRST), 1e-4, what);
      }
    }
  }

  private static PromptBuilder prompts(Fixture fixture, Tokenizer tokenizer) {
    return PromptBuilder.of(
        fixture.checkpoint(),
        tokenizer,
        ModelDescription.of(fixture.checkpoint()).imageSlot(),
        PromptSettings.DEFAULT);
  }

  private static double[] meanOfEachView(PixelValues pixels) {
    double[] means = new double[pixels.shape()[0]];
    float[] values = pixels.values();
    int view = values.length / means.length;
    Arrays.setAll(means, i -> mean(Arrays.copyOfRange(values, i * view, (i + 1) * view)));
    return means;
  }

  @Test
  void whatIsNotAskedForIsTheCheckpoints() {
    SizeLimits own = ModelDescription.of(QWEN).sizeLimits(SizeLimits.OWN);
    SizeLimits most = SizeLimits.ofPixels(null, own.mostPixels() / 2);
    assertEquals(
        SizeLimits.ofPixels(own.leastPixels(), own.mostPixels() / 2),
        ModelDescription.of(QWEN).sizeLimits(most));
    assertEquals(SizeLimits.OWN, ModelDescription.of(LLAVA).sizeLimits(SizeLimits.OWN));
  }

  @ParameterizedTest
  @CsvSource({
    "idefics3-hub, 1, 1, 1", // which is told not to cut images
    "smolvlm-hub, 4, 3, 1",
    "smolvlm-hub, 4, 9, 4",
    "llava_next-hub, 4, 3, 3",
    "llava_onevision-hub, 4, 100, 4",
    "internvl-hub, 6, 5, 5",
    "internvl-hub, 6, 12, 12",
    "internvl_chat-hub, 6, 1, 1",
  })
  void tilesThatHoldAreAtMostThoseAskedFor(String name, long own, long asked, long held) {
    ModelDescription model = ModelDescription.of(Fixture.bundled(name).checkpoint());
    assertEquals(SizeLimits.ofTiles(own), model.sizeLimits(SizeLimits.OWN));
    assertEquals(SizeLimits.ofTiles(held), model.sizeLimits(SizeLimits.ofTiles(asked)));
  }

  @Test
  void limitsThatCannotHoldAreRefused() {
    SizeLimits most = SizeLimits.ofPixels(null, 10L);
    assertTrue(refusal(LLAVA, most).contains("llava prepares them"));
    assertTrue(refusal(QWEN, most).contains("the checkpoint's own"));
    assertTrue(refusal(SMOLVLM, most).contains("smolvlm cuts them into tiles: give max-tiles"));
    SizeLimits tiles = SizeLimits.ofTiles(1);
    assertTrue(refusal(LLAVA, tiles).contains("llava prepares them as its checkpoint says"));
    assertTrue(refusal(QWEN, tiles).contains("qwen3_vl takes images of any size: give max-pixels"));
    Checkpoint next = Fixture.bundled("llava_next-hub").checkpoint();
    assertTrue(refusal(next, tiles).contains("the fewest tiles"), refusal(next, tiles));
    Checkpoint internvl = Fixture.bundled("internvl-hub").checkpoint();
    assertTrue(refusal(internvl, SizeLimits.ofTiles(1001)).contains("at most 1000"));
  }

  private static String refusal(Checkpoint checkpoint, SizeLimits asked) {
    ModelDescription model = ModelDescription.of(checkpoint);
    return assertThrows(ModelException.class, () -> model.sizeLimits(asked)).getMessage();
  }

  private static double mean(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return Arrays.stream(doubles).average().orElseThrow();
  }
}
