package io.superneurons.model;

import io.superneurons.image.RgbImage;
import io.superneurons.torch.TensorScope;
import java.util.List;

/**
 * The vision front of a family whose images keep their proportions: a {@link PatchTower}, and
 * positions by time, row and column in the decoder.
 *
 * @param images cuts images into patches
 * @param tower encodes them
 * @param placeholder id of the token that stands for an image
 */
record PatchVision(PatchImages images, PatchTower tower, long placeholder) implements Vision {

  @Override
  public ImageInput prepare(RgbImage image) {
    return images.prepare(image);
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
  public ImageFeatures encode(TensorScope scope, List<ImageInput> inputs) {
    return tower.encode(scope, inputs);
  }

  @Override
  public void close() {
    tower.close();
  }
}
