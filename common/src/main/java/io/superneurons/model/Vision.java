package io.superneurons.model;

import io.superneurons.image.RgbImage;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;

/** What a family puts before the shared decoder: its image preprocessing, tower and projector. */
interface Vision extends AutoCloseable {
  /** Resizes, cuts and normalises an image; plain Java, safe to call from any thread. */
  ImageInput prepare(RgbImage image);

  /**
   * Puts the image's tokens into a prompt.
   *
   * @param image which image of the batch the row asks about
   * @param promptIds the rendered prompt's ids, with one placeholder for the image
   * @throws ModelException if there is not exactly one placeholder
   */
  Sequence sequence(int image, long[] promptIds, ImageInput input);

  /**
   * Runs tower and projector.
   *
   * @return features of all images, one after another [features, hidden]
   */
  Tensor encode(TensorScope scope, List<ImageInput> images);

  @Override
  void close();
}
