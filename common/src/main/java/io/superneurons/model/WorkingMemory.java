package io.superneurons.model;

import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.Experts;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.weights.Depth;

/**
 * Memory that a pass takes beyond the weights, estimated from shapes: the largest tensors that are
 * alive at once. What the process takes without a model is not included.
 *
 * @param images their samples, as prepared and as tensors, and their values
 * @param vision the tower's residual stream and its widest layer
 * @param decoder the same of the decoder, and what is kept of earlier layers
 */
public record WorkingMemory(long images, long vision, long decoder) {
  private static final int FLOAT = 4;

  /**
   * Bytes for a sample of an image: as prepared, as a tensor, one of the next pass, whose images
   * are prepared meanwhile, and its value in two frames.
   */
  private static final int SAMPLE = 3 + 2 * FLOAT;

  /** Text of a prompt, in tokens. */
  private static final int TEXT = 64;

  /** The most at once: the tower is done when the decoder starts, and pixels stay. */
  public long bytes() {
    return images + Math.max(vision, decoder);
  }

  /**
   * Of a pass over rows that are each on an image of their own.
   *
   * @param image one of them
   * @param element bytes of a number that the model computes in
   */
  static WorkingMemory of(
      DecoderShape shape, VisionWork vision, ImageInput image, int rows, Depth depth, int element) {
    long tokens = (long) rows * (image.features() + TEXT);
    long keysValues = 2L * shape.sizes().widestKeys() * element;
    int attending = shape.layers() - shape.deltaNets().layers().size();
    long cached = depth.answers() ? keysValues * attending : 0;
    long perToken =
        layer(shape.hidden(), mixed(shape), widestMlp(shape), 4, element) + keysValues + cached;
    long features = (long) rows * image.features() * shape.hidden() * FLOAT;
    return new WorkingMemory(
        (long) rows * image.pixels().samples().length * SAMPLE,
        tower(vision, rows, element),
        depth.inTower() ? 0 : features + tokens * perToken);
  }

  /** The widest MLP of a layer; of experts all may go through one, beside the shared one. */
  private static int widestMlp(DecoderShape shape) {
    Experts experts = shape.experts();
    return Math.max(shape.sizes().widestMlp(), experts.width() + experts.shared());
  }

  /** The widest of what layers mix of their tokens. */
  private static int mixed(DecoderShape shape) {
    int attending = shape.heads() * shape.sizes().widestHead();
    return shape.deltaNets().layers().isEmpty()
        ? attending
        : Math.max(attending, shape.deltaNets().channels());
  }

  /**
   * A token in a transformer's layer: the residual stream before and after it, and the wider of
   * attention and MLP.
   *
   * @param mlp tensors of the MLP's width that are alive at once
   */
  private static long layer(int hidden, int attention, int intermediate, int mlp, int element) {
    long stream = 2L * hidden * FLOAT + (long) hidden * element;
    long attending = 4L * attention * FLOAT;
    return stream + Math.max(attending, (long) mlp * intermediate * element);
  }

  /**
   * Of a tower over that many images: a layer of those that go together, and the residual streams
   * of all of them, which stay while others are taken to a stop.
   */
  private static long tower(VisionWork work, int images, int element) {
    long together = Math.min(images * work.tokens(), Math.max(work.tokens(), work.mostTokens()));
    long kept = (long) work.states() * work.hidden() * FLOAT;
    long streams = images * work.tokens() * work.hidden() * FLOAT;
    return streams
        + together * (layer(work.hidden(), work.hidden(), work.intermediate(), 3, element) + kept);
  }
}
