package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.PatchImageProcessor;
import io.superneurons.image.process.PatchSettings;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;

/**
 * Reads an image processor's configuration of the Qwen2-VL kind, which cuts images into patches.
 */
public final class PatchImageSettings {
  private PatchImageSettings() {}

  /**
   * The processor.
   *
   * @param shape how the tower takes images cut
   * @param limits of the resized image's pixels
   * @throws ModelException if the processor cuts them otherwise
   */
  static PatchImageProcessor of(Config config, PatchShape shape, SizeLimits limits) {
    ImageProcessorType.require(
        config,
        "Qwen2VLImageProcessor",
        "Qwen2VLImageProcessor",
        "Qwen2_5_VLImageProcessor",
        "Qwen3VLImageProcessor");
    PatchSettings cut = patchSettings(config, limits);
    if (!shape.equals(PatchShape.of(cut))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: patch_size %d, temporal_patch_size %d and merge_size %d must be config.json's"
                  + " %s",
              config.file(),
              cut.patchSize(),
              cut.temporalPatchSize(),
              cut.mergeSize(),
              shape));
    }
    ImageProcessorSettings settings = ImageSettings.readPixels(config);
    return new PatchImageProcessor(cut, settings.resizer(), settings.scaling());
  }

  /**
   * The limits of an image's pixels.
   *
   * @param asked what replaces the configuration's own
   * @throws ModelException if the least exceeds the most
   */
  public static SizeLimits sizeLimits(Config config, SizeLimits asked) {
    return patchSettings(config, asked).limits();
  }

  private static PatchSettings patchSettings(Config config, SizeLimits limits) {
    PatchSettings own = patchSettings(config);
    try {
      return own.within(limits);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s (the checkpoint's own are %d and %d)",
              e.getMessage(),
              own.minPixels(),
              own.maxPixels()));
    }
  }

  /** Limits in both spellings: {@code min_pixels}, and {@code shortest_edge} of {@code size}. */
  private static PatchSettings patchSettings(Config config) {
    if (!ImageSettings.isOn(config, "do_resize", true)) {
      throw new ModelException(config.file() + ": do_resize must be true for this family");
    }
    PatchSettings defaults = PatchSettings.QWEN2_VL;
    Config size = config.child("size");
    int least = size.intValue("min_pixels", (int) defaults.minPixels());
    int most = size.intValue("max_pixels", (int) defaults.maxPixels());
    return new PatchSettings(
        config.intValue("patch_size", defaults.patchSize()),
        config.intValue("merge_size", defaults.mergeSize()),
        config.intValue("temporal_patch_size", defaults.temporalPatchSize()),
        config.intValue("min_pixels", size.intValue("shortest_edge", least)),
        config.intValue("max_pixels", size.intValue("longest_edge", most)));
  }
}
