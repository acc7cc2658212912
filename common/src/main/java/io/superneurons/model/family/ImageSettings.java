package io.superneurons.model.family;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.process.AnyResImageProcessor;
import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.PatchImageProcessor;
import io.superneurons.image.process.PatchSettings;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.image.process.ResizeRule;
import io.superneurons.image.process.SplitImageProcessor;
import io.superneurons.image.process.SplitImageProcessor.Splitting;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.TorchResizer;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads an image processor's configuration: {@code preprocessor_config.json}, or its part of
 * transformers 5's {@code processor_config.json}. What it leaves out has the default of its class
 * in transformers.
 */
final class ImageSettings {
  private ImageSettings() {}

  /** Of the CLIP or SigLIP kind. */
  static ImageProcessorSettings of(Config config) {
    boolean siglip =
        config.string("image_processor_type", "CLIPImageProcessor").startsWith("Siglip");
    ImageProcessorSettings.Builder builder =
        siglip ? ImageProcessorSettings.siglip() : ImageProcessorSettings.clip();
    readResize(config, builder);
    readCrop(config, builder, config.booleanValue("do_center_crop", !siglip));
    return readPixels(config, builder, Filter.BICUBIC);
  }

  /** Of the LLaVA-OneVision kind. */
  static AnyResImageProcessor anyRes(Config config, List<ImageSize> resolutions) {
    ImageProcessorSettings settings =
        readPixels(config, ImageProcessorSettings.clip(), Filter.BICUBIC);
    ImageSize tile = anyResTile(config);
    for (ImageSize resolution : resolutions) {
      if (resolution.height() % tile.height() != 0 || resolution.width() % tile.width() != 0) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "image_grid_pinpoints: %s is no multiple of the tile's %s",
                resolution,
                tile));
      }
    }
    return new AnyResImageProcessor(resolutions, tile, settings.resizer(), settings.scaling());
  }

  /** The size of a tile in the LLaVA-OneVision kind. */
  static ImageSize anyResTile(Config config) {
    Config size = config.child("size");
    return size.has("shortest_edge")
        ? ImageSize.square(size.requireInt("shortest_edge"))
        : new ImageSize(size.intValue("height", 384), size.intValue("width", 384));
  }

  /** Of the Idefics3 and SmolVLM kind. */
  static SplitImageProcessor split(Config config) {
    if (!config.booleanValue("do_resize", true)) {
      throw new ModelException("The image processor's do_resize must be true for this family");
    }
    ImageProcessorSettings settings =
        readPixels(config, ImageProcessorSettings.siglip(), Filter.LANCZOS);
    return new SplitImageProcessor(
        config.has("size") ? config.child("size").requireInt("longest_edge") : 4 * 364,
        splitTile(config),
        config.booleanValue("do_image_splitting", true) ? Splitting.TILES : Splitting.NONE,
        settings.resizer(),
        settings.scaling());
  }

  /** The side of a tile in the Idefics3 and SmolVLM kind. */
  static int splitTile(Config config) {
    return config.child("max_image_size").intValue("longest_edge", 364);
  }

  /**
   * Of the Qwen2-VL kind: images are cut into patches.
   *
   * @param shape how the tower takes images cut
   * @param limits of the resized image's pixels
   * @throws ModelException if the processor cuts them otherwise
   */
  static PatchImageProcessor patches(Config config, PatchShape shape, PixelLimits limits) {
    PatchSettings cut = patchSettings(config, limits);
    if (!shape.equals(PatchShape.of(cut))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: patch_size %d, temporal_patch_size %d and merge_size %d must be config.json's %s",
              config.file(),
              cut.patchSize(),
              cut.temporalPatchSize(),
              cut.mergeSize(),
              shape));
    }
    ImageProcessorSettings settings =
        readPixels(config, ImageProcessorSettings.clip(), Filter.BICUBIC);
    return new PatchImageProcessor(cut, settings.resizer(), settings.scaling());
  }

  /**
   * The limits of an image's pixels in the Qwen2-VL kind.
   *
   * @param asked what replaces the configuration's own
   * @throws ModelException if the least exceeds the most
   */
  static PixelLimits pixelLimits(Config config, PixelLimits asked) {
    return PixelLimits.of(patchSettings(config, asked));
  }

  private static PatchSettings patchSettings(Config config, PixelLimits limits) {
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
    if (!config.booleanValue("do_resize", true)) {
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

  private static void readResize(Config config, ImageProcessorSettings.Builder builder) {
    if (!config.booleanValue("do_resize", true)) {
      builder.noResize();
    } else if (config.isNumber("size")) {
      builder.resize(new ResizeRule.ShortestEdge(config.requireInt("size")));
    } else if (config.child("size").has("shortest_edge")) {
      builder.resize(new ResizeRule.ShortestEdge(config.child("size").requireInt("shortest_edge")));
    } else if (config.has("size")) {
      builder.resize(new ResizeRule.Exact(size(config.child("size"))));
    }
  }

  private static void readCrop(
      Config config, ImageProcessorSettings.Builder builder, boolean crops) {
    if (!crops) {
      builder.noCrop();
    } else if (config.isNumber("crop_size")) {
      builder.crop(ImageSize.square(config.requireInt("crop_size")));
    } else if (config.has("crop_size")) {
      builder.crop(size(config.child("crop_size")));
    }
  }

  private static ImageSize size(Config size) {
    return new ImageSize(size.requireInt("height"), size.requireInt("width"));
  }

  /**
   * Resampling, rescaling and normalisation, which all kinds have.
   *
   * @param filter of the resampling where the configuration names none
   */
  private static ImageProcessorSettings readPixels(
      Config config, ImageProcessorSettings.Builder builder, Filter filter) {
    boolean named = config.has("resample");
    builder.resizer(
        TorchResizer.of(named ? Filter.ofPillow(config.requireInt("resample")) : filter));
    if (!config.booleanValue("do_rescale", true)) {
      builder.noRescale();
    } else if (config.has("rescale_factor")) {
      builder.rescaleFactor(config.requireDouble("rescale_factor"));
    }
    if (!config.booleanValue("do_normalize", true)) {
      builder.noNormalize();
    } else if (config.has("image_mean") && config.has("image_std")) {
      builder.statistics(
          new ChannelStatistics(list(config, "image_mean"), list(config, "image_std")));
    }
    return builder.build();
  }

  private static List<Double> list(Config config, String key) {
    return Arrays.stream(config.doubles(key)).boxed().toList();
  }
}
