package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.AnyResImageProcessor;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.vision.Connector;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.PixelBatch;
import io.superneurons.model.vision.TiledImages;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The vision front of LLaVA-NeXT and LLaVA-OneVision: a tower over the whole image and its tiles,
 * LLaVA's projector, unpadding, and a newline after each row of features.
 *
 * @param grids how images are cut
 * @param placeholder id of the token that stands for an image
 */
public record AnyresVision(
    Grids grids, long placeholder, VitTower vit, TowerShape tower, Connector connector)
    implements Vision {

  /** Where features are never made fewer. */
  public static final int ANY_NUMBER = Integer.MAX_VALUE;

  /**
   * What is different in the families.
   *
   * @param tower {@code model_type} of a {@code vision_config} that has none
   * @param features which features of the tower are read
   * @param imageProcessor its class in transformers
   * @param tile side of a tile where the image processor says nothing
   * @param crop at which tiles are cut where it says nothing; empty for the tile's side
   * @param pinpoints sizes that an image is brought to, where nothing says so
   * @param mostTiles the most features that are kept, as a number of tiles that have as many
   * @param placeholder id of the token that stands for an image, where the configuration has none
   */
  public record Kind(
      String tower,
      LlavaFeatures features,
      String imageProcessor,
      int tile,
      Optional<ImageSize> crop,
      List<ImageSize> pinpoints,
      int mostTiles,
      int placeholder) {

    /** What the layers give that the model runs of the tower. */
    public TowerShape tower(Checkpoint checkpoint) {
      return features.output().layerShape(shape(checkpoint));
    }

    /** The limits of tiles that hold. */
    public SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
      return pinpoints(checkpoint).within(asked).limits();
    }

    private Pinpoints pinpoints(Checkpoint checkpoint) {
      Config images = checkpoint.imageProcessorConfig();
      return Pinpoints.of(images, checkpoint.config(), pinpoints, TileSettings.side(images, tile));
    }

    private VitShape shape(Checkpoint checkpoint) {
      return VitShape.of(checkpoint.config().child("vision_config"), tower);
    }
  }

  /**
   * How images are cut.
   *
   * @param mostTiles the most features that are kept, as a number of tiles
   */
  private record Grids(AnyResImageProcessor processor, VitShape shape, int mostTiles) {
    AnyresGrid of(ImageSize image) {
      ImageSize resolution = processor.resolution(image);
      int tile = shape.imageSize();
      ImageSize tiles = new ImageSize(resolution.height() / tile, resolution.width() / tile);
      return AnyresGrid.of(image, tiles, shape.patchesPerSide(), mostTiles);
    }
  }

  /** Checks and opens it. */
  public static AnyresVision open(
      Checkpoint checkpoint,
      MappedWeights files,
      ModelOptions options,
      DecoderShape decoder,
      Kind kind) {
    Config config = checkpoint.config();
    Config images = checkpoint.imageProcessorConfig();
    ImageProcessorType.require(images, kind.imageProcessor, kind.imageProcessor);
    VitShape shape = kind.shape(checkpoint);
    Pinpoints pinpoints = kind.pinpoints(checkpoint).within(options.limits());
    ImageSize tile = pinpoints.tile();
    TileSettings.requireSide(tile, shape.imageSize());
    requireCropOfTile(images, kind.crop.orElse(tile), tile);
    LlavaFeatures features = kind.features;
    if (features.tokens(shape) != shape.patches()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "config.json: vision_feature_select_strategy must leave %d patches, it leaves %d",
              shape.patches(),
              features.tokens(shape)));
    }
    ModelWeights root = ModelWeights.of(checkpoint, files);
    Grids grids = new Grids(pinpoints.processor(images), shape, kind.mostTiles);
    return new AnyresVision(
        grids,
        LlavaFeatures.placeholder(config, kind.placeholder),
        features.openTower(shape, root, options),
        kind.tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : connector(
                features.openProjector(config, shape, root, decoder.hidden()),
                AnyresPacker.open(
                    root.has("image_newline") ? root : root.module("model"), decoder.hidden()),
                grids));
  }

  /** Tiles are cut at {@code crop_size} and then brought to {@code size}: here both are one. */
  private static void requireCropOfTile(Config images, ImageSize usual, ImageSize tile) {
    ImageSize crop = ImageSettings.cropSize(images).orElse(usual);
    if (!crop.equals(tile)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: crop_size %s must be the tile's size, %s",
              images.file(),
              crop,
              tile));
    }
  }

  private static Connector connector(Projector projector, AnyresPacker packer, Grids grids) {
    return (scope, patches, images) -> {
      try (TensorScope work = new TensorScope()) {
        Tensor features = projector.project(work, patches);
        List<Tensor> packed = new ArrayList<>();
        int tile = 0;
        for (ImageInput image : images) {
          packed.add(packer.pack(work, features, tile, grids.of(image.source())));
          tile += PixelBatch.tiles(image);
        }
        return ImageFeatures.of(Tensors.join(scope, packed));
      }
    };
  }

  @Override
  public ImageInput prepare(RgbImage image) {
    return new ImageInput(
        grids.processor.process(image), grids.of(image.size()).features(), image.size());
  }

  @Override
  public Sequence sequence(int image, long[] promptIds, ImageInput input) {
    return ImageSlots.expand(image, promptIds, placeholder, input.features());
  }

  @Override
  public List<List<ImageInput>> parts(List<ImageInput> images) {
    return PixelBatch.parts(images);
  }

  @Override
  public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    return vit.start(scope, numbers, tiled(images), connector);
  }

  /** The view of the whole image comes first. */
  private TiledImages tiled(List<ImageInput> images) {
    int side = grids.shape.patchesPerSide();
    List<TiledImages.Tiling> tilings = new ArrayList<>();
    for (ImageInput image : images) {
      BitSet padding = grids.of(image.source()).padding();
      tilings.add(new TiledImages.Tiling(PixelBatch.tiles(image), 0, padding));
    }
    return new TiledImages(images, tilings, side, side);
  }

  @Override
  public VisionWork work(ImageInput image) {
    return vit.work(PixelBatch.tiles(image), grids.shape.tokens(), PixelBatch.MOST_TILES);
  }
}
