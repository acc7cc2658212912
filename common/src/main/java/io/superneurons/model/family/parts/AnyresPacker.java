package io.superneurons.model.family.parts;

import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;

/**
 * Puts the features of an image's tiles one after another as the decoder reads them: line by line
 * over all tiles, with the learned newline after each line.
 */
public final class AnyresPacker {
  private static final Script SCRIPT = Script.compile(AnyresPacker.class, "anyres.py");

  private final Weights newline;

  private AnyresPacker(Weights newline) {
    this.newline = newline;
  }

  /**
   * Checks and opens it.
   *
   * @param owner weights among which {@code image_newline} is
   * @param hidden width of the decoder
   */
  static AnyresPacker open(ModelWeights owner, int hidden) {
    return new AnyresPacker(owner.request().need("image_newline", hidden).open());
  }

  /**
   * Packs one image.
   *
   * @param features of all tiles of a batch, one after another [tiles * side * side, hidden]
   * @param firstTile the whole image's place among them; its tiles follow
   * @return [{@link AnyresGrid#features}, hidden]
   */
  Tensor pack(TensorScope scope, Tensor features, int firstTile, AnyresGrid grid) {
    int[] layout = {
      grid.tiles().height(),
      grid.tiles().width(),
      grid.side(),
      grid.top(),
      grid.left(),
      grid.kept().height(),
      grid.kept().width()
    };
    int[] size = {grid.size().height(), grid.size().width()};
    return SCRIPT.tensor(scope, "pack", features, newline, firstTile, layout, size);
  }
}
