package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.RatioTileProcessor;
import io.superneurons.image.process.TiledImage;
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
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The vision front of InternVL: a tower over an image's tiles and then the whole of it, and pixel
 * shuffle.
 *
 * @param scale patches along each side of the square that becomes one token
 * @param placeholder id of the token that stands for a feature
 */
public record TiledVision(
    VitShape shape,
    RatioTileProcessor processor,
    int scale,
    long placeholder,
    VitTower vit,
    TowerShape tower,
    Connector connector)
    implements Vision {
  /** How a prompt marks an image. */
  public static final ImageSlot SLOT = ImageSlot.of("<IMG_CONTEXT>");

  public TiledVision {
    if (shape.patchesPerSide() % scale != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "A tile has %d patches a side, which is no multiple of 1 / downsample_ratio, %d",
              shape.patchesPerSide(),
              scale));
    }
  }

  /** Patches along each side of the square that becomes one token ({@code downsample_ratio}). */
  public static int scale(Config config) {
    double ratio = config.doubleValue("downsample_ratio", 0.5);
    int scale = (int) (1 / ratio);
    if (scale < 1 || scale * ratio != 1) {
      throw new ModelException(
          "config.json: downsample_ratio must be one part of a whole number, such as 0.5: "
              + ratio);
    }
    return scale;
  }

  private int tokensOfTile() {
    int side = shape.patchesPerSide() / scale;
    return side * side;
  }

  @Override
  public ImageInput prepare(RgbImage image) {
    TiledImage tiled = processor.process(image);
    return new ImageInput(tiled.values(), tiled.grid().images() * tokensOfTile(), image.size());
  }

  /** {@code replace_image_token} of processing_internvl.py. */
  @Override
  public Optional<String> expansion(ImageInput input) {
    return Optional.of("<img>" + SLOT.token().repeat(input.features()) + "</img>");
  }

  @Override
  public Sequence sequence(int image, long[] promptIds, ImageInput input) {
    return ImageSlots.assign(image, promptIds, placeholder, input.features());
  }

  public static Connector connector(PixelShuffle shuffle) {
    return (scope, patches, images) -> ImageFeatures.of(shuffle.connect(scope, patches));
  }

  @Override
  public List<List<ImageInput>> parts(List<ImageInput> images) {
    return PixelBatch.parts(images);
  }

  @Override
  public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    return vit.start(scope, numbers, tiled(images), connector);
  }

  /** The view of the whole image comes last; tiles have no padding. */
  private TiledImages tiled(List<ImageInput> images) {
    List<TiledImages.Tiling> tilings = new ArrayList<>();
    for (ImageInput image : images) {
      int tiles = PixelBatch.tiles(image);
      tilings.add(new TiledImages.Tiling(tiles, tiles - 1, new BitSet()));
    }
    int side = shape.patchesPerSide();
    return new TiledImages(images, tilings, side, side);
  }

  @Override
  public VisionWork work(ImageInput image) {
    return vit.work(PixelBatch.tiles(image), shape.tokens(), PixelBatch.MOST_TILES);
  }
}
