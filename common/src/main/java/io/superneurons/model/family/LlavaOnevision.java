package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.AnyResImageProcessor;
import io.superneurons.model.decoder.DecoderShape;
import io.superneurons.model.decoder.HeadTie;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.Sequence;
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
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LLaVA-OneVision: a SigLIP tower over the whole image and its tiles, LLaVA's projector, unpadding,
 * a newline after each row of features, and a Qwen2 decoder (transformers'
 * modeling_llava_onevision.py, processing_llava_onevision.py; arXiv 2408.03326).
 */
final class LlavaOnevision implements Family {
  private static final Pattern ASPECT_RATIO = Pattern.compile("anyres_max_([1-9]\\d{0,3})");

  /** Rows and columns of tiles that a configuration without pinpoints allows. */
  private static final int MOST_TILES_A_SIDE = 6;

  @Override
  public String modelType() {
    return "llava_onevision";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "qwen2", HeadTie.EITHER_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return features(checkpoint).output().layerShape(shape(checkpoint));
  }

  private static VitShape shape(Checkpoint checkpoint) {
    return VitShape.of(checkpoint.config().child("vision_config"), "siglip_vision_model");
  }

  private static LlavaFeatures features(Checkpoint checkpoint) {
    return LlavaFeatures.of(checkpoint.config(), -1, "full");
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    VitShape shape = shape(checkpoint);
    LlavaFeatures features = features(checkpoint);
    Config images = checkpoint.imageProcessorConfig();
    ImageProcessorType.require(
        images, "LlavaOnevisionImageProcessor", "LlavaOnevisionImageProcessor");
    ImageSize tile = ImageSettings.anyResTile(images, 384);
    requireTile(tile, shape);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    if (features.tokens(shape) != shape.patches()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "config.json: vision_feature_select_strategy must leave %d patches, it leaves %d",
              shape.patches(),
              features.tokens(shape)));
    }
    Grids grids =
        new Grids(
            ImageSettings.anyRes(images, pinpoints(checkpoint, shape), tile),
            shape,
            mostTiles(config));
    return new OnevisionVision(
        grids,
        LlavaFeatures.placeholder(config, 151_646),
        files,
        features.openTower(shape, root, options.depth()),
        tower(checkpoint),
        options.depth().inTower() ? Connector.none() : connector(checkpoint, root, grids));
  }

  private Connector connector(Checkpoint checkpoint, ModelWeights root, Grids grids) {
    int hidden = decoder(checkpoint).hidden();
    Projector projector =
        features(checkpoint).openProjector(checkpoint.config(), grids.shape, root, hidden);
    AnyresPacker packer =
        AnyresPacker.open(root.has("image_newline") ? root : root.module("model"), hidden);
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

  private static void requireTile(ImageSize tile, VitShape shape) {
    if (!tile.equals(ImageSize.square(shape.imageSize()))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The image processor makes tiles of %s, but vision_config's image_size is %d",
              tile,
              shape.imageSize()));
    }
  }

  private static int mostTiles(Config config) {
    String aspectRatio = config.string("vision_aspect_ratio", "anyres_max_9");
    Matcher matcher = ASPECT_RATIO.matcher(aspectRatio);
    if (!matcher.matches()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "config.json: vision_aspect_ratio '%s' is not supported; anyres_max_N is",
              aspectRatio));
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static List<ImageSize> pinpoints(Checkpoint checkpoint, VitShape shape) {
    String key = "image_grid_pinpoints";
    Config processor = checkpoint.imageProcessorConfig();
    List<int[]> rows = (processor.has(key) ? processor : checkpoint.config()).intRows(key);
    List<ImageSize> sizes = new ArrayList<>();
    for (int[] row : rows) {
      if (row.length != 2) {
        throw new ModelException(key + " must be pairs of height and width");
      }
      sizes.add(new ImageSize(row[0], row[1]));
    }
    return sizes.isEmpty() ? allGrids(shape.imageSize()) : sizes;
  }

  private static List<ImageSize> allGrids(int side) {
    List<ImageSize> sizes = new ArrayList<>();
    for (int rows = 1; rows <= MOST_TILES_A_SIDE; rows++) {
      for (int columns = 1; columns <= MOST_TILES_A_SIDE; columns++) {
        sizes.add(new ImageSize(rows * side, columns * side));
      }
    }
    return sizes;
  }

  private record OnevisionVision(
      Grids grids,
      long placeholder,
      MappedWeights files,
      VitTower vit,
      TowerShape tower,
      Connector connector)
      implements Vision {

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
    public TowerStream start(TensorScope scope, List<ImageInput> images) {
      try (TensorScope work = new TensorScope()) {
        Tensor pixels = PixelBatch.uploadTiles(work, files, images, grids.shape.imageSize());
        return vit.start(scope, pixels, tiled(images), connector);
      }
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
}
