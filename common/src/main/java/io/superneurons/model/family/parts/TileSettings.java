package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.RatioTileProcessor;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.image.process.SplitImageProcessor;
import io.superneurons.image.process.SplitSettings;
import io.superneurons.image.process.TileRange;
import io.superneurons.model.vision.TorchResizer;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Reads image processors' configurations of the kinds that cut images into tiles: Idefics3's and
 * InternVL's, and what {@link Pinpoints} needs.
 */
public final class TileSettings {
  private TileSettings() {}

  /**
   * Of the Idefics3 and SmolVLM kind.
   *
   * @param limits of tiles that replace the configuration's
   */
  public static SplitImageProcessor split(Config config, SizeLimits limits) {
    ImageProcessorType.require(
        config, "Idefics3ImageProcessor", "Idefics3ImageProcessor", "SmolVLMImageProcessor");
    ImageProcessorSettings settings =
        ImageSettings.readPixels(
            config,
            ImageProcessorSettings.siglip().resizer(TorchResizer.of(Filter.LANCZOS)),
            ChannelStatistics.HALF);
    return new SplitImageProcessor(
        splitSettings(config).within(limits), settings.resizer(), settings.scaling());
  }

  /** The limits of tiles of the Idefics3 and SmolVLM kind. */
  public static SizeLimits splitLimits(Config config, SizeLimits asked) {
    return splitSettings(config).within(asked).limits();
  }

  private static SplitSettings splitSettings(Config config) {
    return new SplitSettings(
        longestEdge(config),
        splitTile(config),
        ImageSettings.isOn(config, "do_image_splitting", true)
            ? SplitSettings.Splitting.TILES
            : SplitSettings.Splitting.NONE);
  }

  /** Of the first resizing, which may be left out; images are brought to tiles' sizes after it. */
  private static OptionalInt longestEdge(Config config) {
    if (!ImageSettings.isOn(config, "do_resize", true)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        config.has("size") ? config.child("size").requireInt("longest_edge") : 4 * 364);
  }

  /** The side of a tile in the Idefics3 and SmolVLM kind. */
  public static int splitTile(Config config) {
    return config.child("max_image_size").intValue("longest_edge", 364);
  }

  /**
   * Of the InternVL kind, whose processor cuts tiles whatever {@code crop_to_patches} says.
   *
   * @param side of a tile that the tower takes
   * @param range how many tiles there may be
   */
  public static RatioTileProcessor ratio(Config config, int side, TileRange range) {
    ImageProcessorType.require(config, "GotOcr2ImageProcessor", "GotOcr2ImageProcessor");
    requireSide(side(config, 384), side);
    return ratioOfPixels(config, side, range);
  }

  /**
   * The same in the layout of InternVL's own code, whose image processor says nothing of tiles.
   *
   * @param config mean and deviation
   */
  public static RatioTileProcessor ratioOfPixels(Config config, int side, TileRange range) {
    ImageProcessorSettings settings = ImageSettings.readPixels(config);
    return new RatioTileProcessor(
        ImageSize.square(side), range, settings.resizer(), settings.scaling());
  }

  /**
   * How many tiles there may be in the InternVL kind.
   *
   * @param asked what replaces the most
   * @throws ModelException if that is less than the fewest
   */
  public static TileRange ratioRange(Config config, SizeLimits asked) {
    return range(config.intValue("min_patches", 1), config.intValue("max_patches", 12), asked);
  }

  /**
   * The same in the layout of InternVL's own code.
   *
   * @param config config.json
   */
  public static TileRange dynamicRange(Config config, SizeLimits asked) {
    return range(
        config.intValue("min_dynamic_patch", 1), config.intValue("max_dynamic_patch", 12), asked);
  }

  private static TileRange range(int fewest, int most, SizeLimits asked) {
    try {
      return new TileRange(fewest, most).within(asked);
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage());
    }
  }

  /**
   * The size of a tile in the kinds that have it in {@code size}.
   *
   * @param usual its side where the configuration says nothing
   */
  static ImageSize side(Config config, int usual) {
    if (config.isNumber("size")) {
      return ImageSize.square(config.requireInt("size"));
    }
    Config size = config.child("size");
    return size.has("shortest_edge")
        ? ImageSize.square(size.requireInt("shortest_edge"))
        : new ImageSize(size.intValue("height", usual), size.intValue("width", usual));
  }

  /** Refuses an image processor whose tiles are not those that the tower takes. */
  static void requireSide(ImageSize tile, int side) {
    if (!tile.equals(ImageSize.square(side))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The image processor makes tiles of %s, but vision_config's image_size is %d",
              tile,
              side));
    }
  }
}
