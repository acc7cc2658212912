package io.superneurons.model.vision;

import io.superneurons.image.RgbImage;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.weights.ModelException;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.List;
import java.util.Optional;

/** What a family puts before the shared decoder: its image preprocessing, tower and projector. */
public interface Vision {
  /** Resizes, cuts and normalises an image; plain Java, safe to call from any thread. */
  ImageInput prepare(RgbImage image);

  /**
   * What stands in a rendered prompt in place of the image token before the prompt is tokenised,
   * where the image takes more than the image token repeated; empty where it does not, and {@link
   * #sequence} widens the one token itself.
   */
  default Optional<String> expansion(ImageInput input) {
    return Optional.empty();
  }

  /**
   * Puts the image's tokens into a prompt.
   *
   * @param image which image of the batch the row asks about
   * @param promptIds the rendered prompt's ids, with one placeholder for the image; where the
   *     family has an {@link #expansion}, the ids of the prompt with it
   * @throws ModelException if the number of placeholders is another
   */
  Sequence sequence(int image, long[] promptIds, ImageInput input);

  /** What the layers give that the model runs of the tower. */
  TowerShape tower();

  /** Cuts a list of images into those that go through the tower together. */
  default List<List<ImageInput>> parts(List<ImageInput> images) {
    return List.of(images);
  }

  /**
   * Puts images before the tower's first layer, and says what they need on the device.
   *
   * @param scope owns what they need within the tower
   * @param numbers of the pass
   * @param images a part
   */
  TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images);

  /** What the tower runs for an image, to estimate its memory and cost. */
  VisionWork work(ImageInput image);
}
