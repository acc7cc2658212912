package io.superneurons.model.vision;

import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The geometry of a {@link PatchTower}.
 *
 * @param patches how images are cut
 * @param hidden width of the tower
 * @param intermediate neurons of an MLP
 * @param layers of the tower
 * @param heads of attention
 * @param out width of the features
 * @param activation of the MLP, by transformers' name
 * @param rotary how rows and columns turn queries and keys
 * @param positions learned positions that are added to the patches; empty for none
 * @param windows which layers attend within windows
 */
public record PatchTowerShape(
    PatchShape patches,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int out,
    String activation,
    Rotary rotary,
    Optional<LearnedPositions> positions,
    Windows windows) {

  public PatchTowerShape {
    if (hidden < 1 || intermediate < 1 || layers < 1 || heads < 1 || out < 1) {
      throw new ModelException("vision_config has a size that is not positive");
    }
    if (hidden % heads != 0 || hidden / heads % 4 != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "vision_config: hidden_size %d divided by num_heads %d must be a multiple of 4",
              hidden,
              heads));
    }
    DecoderShape.requireActivation("vision_config", activation);
  }

  /** What the tower runs for an image: all of its patches in one call. */
  public VisionWork work(ImageInput image) {
    long tokens = (long) image.features() * patches.patches();
    return new VisionWork(tokens, Long.MAX_VALUE, hidden, intermediate, 0);
  }

  /**
   * The same, checked against the decoder that its features go to.
   *
   * @throws ModelException if they have different widths
   */
  public PatchTowerShape feeding(DecoderShape decoder) {
    if (out != decoder.hidden()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "vision_config: out_hidden_size %d is not text_config's hidden_size %d",
              out,
              decoder.hidden()));
    }
    return this;
  }

  /** What its layers give. */
  public TowerShape layerShape() {
    return new TowerShape(layers, hidden, heads, intermediate, false);
  }

  /** Width of a head. */
  int headDim() {
    return hidden / heads;
  }

  /** Width of a block's patches side by side. */
  public int merged() {
    return hidden * patches.patches();
  }

  /**
   * The rotary embedding of rows and columns.
   *
   * @param theta base of the frequencies
   * @param columns which frequencies turn by columns
   */
  public record Rotary(double theta, Columns columns) {
    /** Which frequencies turn by columns. */
    public enum Columns {
      /** The same as by rows. */
      AS_ROWS,
      /** Those halfway between two of the rows'. */
      BETWEEN_ROWS
    }

    /** Rows and columns turn alike. */
    public static Rotary alike(double theta) {
      return new Rotary(theta, Columns.AS_ROWS);
    }
  }

  /**
   * Attention within square windows of an image.
   *
   * @param side of a window, in blocks; 0 for none
   * @param wholeLayers layers that attend over whole images nevertheless
   */
  public record Windows(int side, Set<Integer> wholeLayers) {
    public Windows {
      if (side < 0) {
        throw new ModelException("vision_config: window_size must hold a block of patches");
      }
      wholeLayers = Set.copyOf(wholeLayers);
    }

    /** Every layer attends over whole images. */
    public static Windows none() {
      return new Windows(0, Set.of());
    }

    boolean wholeIn(int layer) {
      return side == 0 || wholeLayers.contains(layer);
    }
  }
}
