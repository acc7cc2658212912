package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.process.BlockImageProcessor;
import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.PatchCutter;
import io.superneurons.image.process.ResizeRule;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.TorchResizer;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;

/** Reads image processors' configurations of the Gemma 4 and the Pixtral kind. */
public final class BlockImageSettings {
  private BlockImageSettings() {}

  /**
   * Of Gemma 4, which does not normalise unless it is told to.
   *
   * @param shape how the tower takes images cut
   * @throws ModelException if the processor cuts them otherwise
   */
  public static BlockImageProcessor gemma4(Config config, PatchShape shape) {
    requireResize(config, "Gemma4ImageProcessor");
    requireCut(config, shape);
    config.only("max_soft_tokens", 70, 140, 280, 560, 1120);
    ImageProcessorSettings.Builder builder =
        ImageProcessorSettings.siglip().resizer(TorchResizer.of(Filter.BICUBIC)).noNormalize();
    ImageSettings.readSamples(config, builder);
    if (ImageSettings.isOn(config, "do_normalize", false)) {
      builder.statistics(ImageSettings.statistics(config, ChannelStatistics.UNCHANGED));
    }
    return processor(
        new ResizeRule.Squares(shape.blockSide(), config.intValue("max_soft_tokens", 280)),
        builder.build(),
        shape,
        PatchCutter.Order.CHANNELS_LAST);
  }

  private static void requireCut(Config config, PatchShape shape) {
    int side = config.intValue("patch_size", 16);
    int block = config.intValue("pooling_kernel_size", 3);
    if (side != shape.side() || block != shape.merge()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: patch_size %d and pooling_kernel_size %d must be config.json's %d and %d",
              config.file(),
              side,
              block,
              shape.side(),
              shape.merge()));
    }
  }

  /**
   * Of Pixtral, whose patches have the size of the tower's whatever the configuration says.
   *
   * @param shape how the tower takes images cut
   */
  public static BlockImageProcessor pixtral(Config config, PatchShape shape) {
    requireResize(config, "PixtralImageProcessor");
    config.only("do_center_crop", false);
    return processor(
        new ResizeRule.WithinEdges(shape.blockSide(), most(config)),
        ImageSettings.readPixels(config),
        shape,
        PatchCutter.Order.CHANNELS_FIRST);
  }

  /** {@code longest_edge}, or {@code height} and {@code width}. */
  private static ImageSize most(Config config) {
    if (config.isNumber("size")) {
      return ImageSize.square(config.requireInt("size"));
    }
    Config size = config.child("size");
    if (size.has("longest_edge") || !size.has("height")) {
      return ImageSize.square(size.intValue("longest_edge", 1024));
    }
    return new ImageSize(size.requireInt("height"), size.requireInt("width"));
  }

  private static void requireResize(Config config, String type) {
    ImageProcessorType.require(config, type, type);
    if (!ImageSettings.isOn(config, "do_resize", true)) {
      throw new ModelException(config.file() + ": do_resize must be true for this family");
    }
  }

  private static BlockImageProcessor processor(
      ResizeRule rule, ImageProcessorSettings settings, PatchShape shape, PatchCutter.Order order) {
    return new BlockImageProcessor(
        rule,
        settings.resizer(),
        new PatchCutter(shape.side(), shape.merge(), order, settings.scaling()));
  }
}
