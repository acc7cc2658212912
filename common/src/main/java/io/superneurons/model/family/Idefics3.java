package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.image.process.SplitImageProcessor;
import io.superneurons.image.process.TiledImage;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.ImageSlots;
import io.superneurons.model.family.parts.PixelShuffle;
import io.superneurons.model.family.parts.TileSettings;
import io.superneurons.model.vision.Connector;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.PixelBatch;
import io.superneurons.model.vision.TiledImages;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.vision.VitOutput;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Idefics3 and SmolVLM: a SigLIP tower over an image's tiles and the whole of it, pixel shuffle,
 * and a decoder of the Llama kind that sees marks of rows and columns between the tiles
 * (transformers' modeling_idefics3.py, processing_idefics3.py and the same of smolvlm; arXiv
 * 2408.12637, 2504.05299).
 *
 * @param modelType {@code idefics3} or {@code smolvlm}, which differ in name alone
 */
record Idefics3(String modelType) implements Family {

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "llama", HeadTie.TOP_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return VitOutput.normed().layerShape(shape(checkpoint));
  }

  private static VitShape shape(Checkpoint checkpoint) {
    return VitShape.ofIdefics3(checkpoint.config().child("vision_config"));
  }

  @Override
  public SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return TileSettings.splitLimits(checkpoint.imageProcessorConfig(), asked);
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    VitShape shape = shape(checkpoint);
    int tile = TileSettings.splitTile(checkpoint.imageProcessorConfig());
    int scale = config.intValue("scale_factor", 2);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    return new Idefics3Vision(
        TileSettings.split(checkpoint.imageProcessorConfig(), options.limits()),
        tile,
        tile / shape.patchSize(),
        tokensOfTile(tile / shape.patchSize(), scale),
        config.intValue("image_token_id", 128_257),
        VitTower.open(shape, root.module("model.vision_model"), VitOutput.normed(), options),
        tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : connector(
                PixelShuffle.open(
                    root.module("model.connector"),
                    scale,
                    shape.hidden(),
                    decoder(checkpoint).hidden())));
  }

  private static Connector connector(PixelShuffle shuffle) {
    return (scope, patches, images) -> ImageFeatures.of(shuffle.connect(scope, patches));
  }

  private static int tokensOfTile(int patchesPerSide, int scale) {
    if (scale < 1 || patchesPerSide < scale || patchesPerSide % scale != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "A tile has %d patches a side, which is no multiple of config.json's scale_factor %d",
              patchesPerSide,
              scale));
    }
    int side = patchesPerSide / scale;
    return side * side;
  }

  private record Idefics3Vision(
      SplitImageProcessor processor,
      int tile,
      int patchesPerSide,
      int tokensOfTile,
      long placeholder,
      VitTower vit,
      TowerShape tower,
      Connector connector)
      implements Vision {
    private static final String AROUND = "<fake_token_around_image>";

    @Override
    public ImageInput prepare(RgbImage image) {
      TiledImage tiled = processor.process(image);
      return new ImageInput(tiled.values(), tiled.grid().images() * tokensOfTile, image.size());
    }

    /** {@code replace_image_token} of processing_idefics3.py. */
    @Override
    public Optional<String> expansion(ImageInput input) {
      String image = "<image>".repeat(tokensOfTile);
      StringBuilder text = new StringBuilder();
      TiledImage.Grid grid = processor.grid(input.source());
      if (grid.rows() > 0) {
        appendTiles(text, grid, image);
      }
      return Optional.of(
          text.append(AROUND).append("<global-img>").append(image).append(AROUND).toString());
    }

    private static void appendTiles(StringBuilder text, TiledImage.Grid grid, String image) {
      for (int row = 1; row <= grid.rows(); row++) {
        for (int column = 1; column <= grid.columns(); column++) {
          text.append(AROUND)
              .append(String.format(Locale.ROOT, "<row_%d_col_%d>", row, column))
              .append(image);
        }
        text.append('\n');
      }
      text.append('\n');
    }

    @Override
    public Sequence sequence(int image, long[] promptIds, ImageInput input) {
      return ImageSlots.assign(image, promptIds, placeholder, input.features());
    }

    @Override
    public List<List<ImageInput>> parts(List<ImageInput> images) {
      return PixelBatch.parts(images);
    }

    @Override
    public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
      return vit.startAnySize(scope, numbers, tiled(images), tile, connector);
    }

    /** The view of the whole image comes last; tiles have no padding. */
    private TiledImages tiled(List<ImageInput> images) {
      List<TiledImages.Tiling> tilings = new ArrayList<>();
      for (ImageInput image : images) {
        int tiles = PixelBatch.tiles(image);
        tilings.add(new TiledImages.Tiling(tiles, tiles - 1, new BitSet()));
      }
      return new TiledImages(images, tilings, patchesPerSide, patchesPerSide);
    }

    @Override
    public VisionWork work(ImageInput image) {
      int patches = patchesPerSide * patchesPerSide;
      return vit.work(PixelBatch.tiles(image), patches, PixelBatch.MOST_TILES);
    }
  }
}
