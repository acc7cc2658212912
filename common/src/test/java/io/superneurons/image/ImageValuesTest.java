package io.superneurons.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.PatchImageProcessor;
import io.superneurons.image.process.PatchSettings;
import io.superneurons.image.process.PatchedImage;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.image.process.PixelScaling;
import io.superneurons.image.process.Resampler;
import io.superneurons.image.process.ResizeRule;
import io.superneurons.image.process.SplitImageProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the records of the package refuse, and what the processors refuse. */
class ImageValuesTest {
  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  @Test
  void imageOfTheWrongLength() {
    String message = refusal(() -> new RgbImage(2, 2, new byte[11]));
    assertEquals("An RGB image of 2 x 2 pixels has 12 bytes, got 11", message);
    refusal(() -> new RgbImage(0, 2, new byte[0]));
  }

  @Test
  void pixelValuesOfTheWrongShape() {
    String message = refusal(() -> new PixelValues(new float[5], new int[] {3, 2}));
    assertTrue(message.contains("[3, 2]"), message);
    refusal(() -> new PixelValues(new float[0], new int[] {0}));
    refusal(() -> new PixelValues(new float[1], new int[0]));
  }

  @Test
  void sizesColorsAndLimits() {
    refusal(() -> new ImageSize(0, 1));
    refusal(() -> new RgbColor(0, 256, 0));
    refusal(() -> new RgbColor(-1, 0, 0));
    refusal(() -> new ImageLimits(0));
    refusal(() -> new ResizeRule.ShortestEdge(0));
  }

  @Test
  void statistics() {
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    refusal(() -> new ChannelStatistics(List.of(1.0), ones));
    refusal(() -> new ChannelStatistics(ones, List.of(1.0, 0.0, 1.0)));
    refusal(() -> new ChannelStatistics(List.of(1.0, Double.NaN, 1.0), ones));
    refusal(() -> ImageProcessorSettings.clip().rescaleFactor(0).build());
  }

  @Test
  void patchSettings() {
    refusal(() -> new PatchSettings(0, 2, 2, 1, 1));
    refusal(() -> PatchSettings.QWEN2_VL.within(new PixelLimits(5L, 4L)));
    assertEquals(28, PatchSettings.QWEN2_VL.factor());
    assertEquals(1176, PatchSettings.QWEN2_VL.patchValues());
  }

  @Test
  void gridsAreKnownFromTheSizeAlone() {
    PixelScaling scaling = ImageProcessorSettings.siglip().build().scaling();
    Resampler bicubic = Resampler.torchvision(Filter.BICUBIC);
    RgbImage image = Fixtures.numbered(150, 60);
    PatchImageProcessor patches =
        new PatchImageProcessor(
            PatchSettings.QWEN2_VL.within(new PixelLimits(3136L, 28224L)), bicubic, scaling);
    assertEquals(patches.process(image).grid(), patches.grid(image.size()));
    assertEquals(new PatchedImage.Grid(10, 4), patches.grid(image.size()));
    for (SplitImageProcessor.Splitting splitting : SplitImageProcessor.Splitting.values()) {
      SplitImageProcessor split = new SplitImageProcessor(128, 64, splitting, bicubic, scaling);
      assertEquals(split.process(image).grid(), split.grid(image.size()));
    }
  }

  @Test
  void tooNarrowImagesAreRefused() {
    RgbImage line = Fixtures.numbered(1, 300);
    PixelScaling scaling = ImageProcessorSettings.siglip().build().scaling();
    PatchImageProcessor patches =
        new PatchImageProcessor(
            PatchSettings.QWEN2_VL, Resampler.torchvision(Filter.BICUBIC), scaling);
    assertThrows(ImageException.class, () -> patches.process(line));
    ResizeRule rule = new ResizeRule.ShortestEdge(20_000);
    assertThrows(ImageException.class, () -> rule.target(line.size()));
  }
}
