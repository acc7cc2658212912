package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageException;
import io.superneurons.image.RgbImage;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What settings and processors refuse, and what they know from an image's size alone. */
class ProcessorValuesTest {
  private static void assertRefused(Executable making) {
    assertThrows(IllegalArgumentException.class, making);
  }

  @Test
  void statistics() {
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    assertRefused(() -> new ChannelStatistics(List.of(1.0), ones));
    assertRefused(() -> new ChannelStatistics(ones, List.of(1.0, 0.0, 1.0)));
    assertRefused(() -> new ChannelStatistics(List.of(1.0, Double.NaN, 1.0), ones));
    assertRefused(() -> ImageProcessorSettings.clip().rescaleFactor(0).build());
    assertRefused(() -> new ResizeRule.ShortestEdge(0));
  }

  @Test
  void patchSettings() {
    assertRefused(() -> new PatchSettings(0, 2, 2, 1, 1));
    assertRefused(() -> PatchSettings.QWEN2_VL.within(SizeLimits.ofPixels(5L, 4L)));
    assertEquals(28, PatchSettings.QWEN2_VL.factor());
  }

  @Test
  void gridsAreKnownFromTheSizeAlone() {
    PixelScaling scaling = ImageProcessorSettings.siglip().build().scaling();
    Resampler bicubic = Resampler.torchvision(Filter.BICUBIC);
    RgbImage image = Fixtures.numbered(150, 60);
    PatchImageProcessor patches =
        new PatchImageProcessor(
            PatchSettings.QWEN2_VL.within(SizeLimits.ofPixels(3136L, 28224L)), bicubic, scaling);
    assertEquals(patches.process(image).grid(), patches.grid(image.size()));
    assertEquals(new PatchedImage.Grid(10, 4), patches.grid(image.size()));
    for (SplitSettings.Splitting splitting : SplitSettings.Splitting.values()) {
      SplitImageProcessor split =
          new SplitImageProcessor(
              new SplitSettings(OptionalInt.of(128), 64, splitting), bicubic, scaling);
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
