package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.PatchImageProcessor;
import io.superneurons.image.process.PatchedImage;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.PatchLayout;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.PatchTowerShape;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.List;

/**
 * The vision front of a family whose images keep their proportions: a {@link PatchTower}, and
 * positions by time, row and column in the decoder.
 *
 * @param processor cuts images into patches
 * @param patchTower encodes them
 * @param placeholder id of the token that stands for an image
 */
public record PatchVision(PatchImageProcessor processor, PatchTower patchTower, long placeholder)
    implements Vision {
  /** How a prompt marks an image. */
  public static final ImageSlot SLOT =
      new ImageSlot("<|image_pad|>", "<|vision_start|><|image_pad|><|vision_end|>");

  /** The id of that token in most families. */
  public static final int PLACEHOLDER = 151_655;

  /**
   * Opens it.
   *
   * @param options the limits of a resized image, and how deep the model is opened
   * @param shape of the tower, checked against the decoder
   * @param parts the tower's
   * @param placeholder id of the token that stands for an image, where the configuration has none
   */
  public static PatchVision open(
      Checkpoint checkpoint,
      MappedWeights files,
      ModelOptions options,
      PatchTowerShape shape,
      PatchTower.Parts parts,
      int placeholder) {
    PatchImageProcessor processor =
        PatchImageSettings.of(checkpoint.imageProcessorConfig(), shape.patches(), options.limits());
    PatchTower tower = PatchTower.open(shape, files, parts, options);
    return new PatchVision(
        processor, tower, checkpoint.config().intValue("image_token_id", placeholder));
  }

  /** Samples [block rows, block columns, patches of a block, samples of a patch]. */
  @Override
  public ImageInput prepare(RgbImage image) {
    PatchShape shape = patchTower.shape().patches();
    PatchedImage patched = processor.process(image);
    int rows = patched.grid().rows() / shape.merge();
    int columns = patched.grid().columns() / shape.merge();
    int[] blocks = {rows, columns, shape.patches(), shape.samples()};
    return new ImageInput(patched.values().withShape(blocks), rows * columns, image.size());
  }

  @Override
  public Sequence sequence(int image, long[] promptIds, ImageInput input) {
    Sequence row = ImageSlots.expand(image, promptIds, placeholder, input.features());
    return row.at(positions(row.features(), PatchLayout.Grid.of(input.pixels())));
  }

  /**
   * Time, row and column of each token [3, tokens] (transformers' get_rope_index): text moves on
   * all axes, an image's tokens share one time and stand in rows and columns, and text goes on
   * after the longer of its sides.
   */
  private static long[][] positions(int[] features, PatchLayout.Grid grid) {
    long[][] positions = new long[3][features.length];
    long next = 0;
    for (int i = 0; i < features.length; i++) {
      boolean text = features[i] < 0;
      positions[0][i] = next;
      positions[1][i] = text ? next : next + features[i] / grid.columns();
      positions[2][i] = text ? next : next + features[i] % grid.columns();
      if (text) {
        next++;
      } else if (features[i] == grid.blocks() - 1) {
        next += Math.max(grid.rows(), grid.columns());
      }
    }
    return positions;
  }

  @Override
  public TowerShape tower() {
    return patchTower.shape().layerShape();
  }

  @Override
  public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    return patchTower.start(scope, numbers, images);
  }

  @Override
  public VisionWork work(ImageInput image) {
    return patchTower.shape().work(image);
  }
}
