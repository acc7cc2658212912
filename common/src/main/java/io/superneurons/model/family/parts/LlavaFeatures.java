package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.vision.VitOutput;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;

/**
 * Which of the tower's features the LLaVA families read, and the tower and projector that make them
 * the decoder's.
 *
 * @param layers indices into transformers' {@code hidden_states}: one, or several side by side
 *     ({@code vision_feature_layer})
 * @param skip tokens left out at the front: the class token, or none ({@code
 *     vision_feature_select_strategy})
 */
public record LlavaFeatures(int[] layers, int skip) {

  /** Reads config.json, with the defaults of the family's class in transformers. */
  public static LlavaFeatures of(Config config, int defaultLayer, String defaultStrategy) {
    int[] layers =
        config.isArray("vision_feature_layer")
            ? config.ints("vision_feature_layer")
            : new int[] {config.intValue("vision_feature_layer", defaultLayer)};
    String strategy = config.string("vision_feature_select_strategy", defaultStrategy);
    return switch (strategy) {
      case "default" -> new LlavaFeatures(layers, 1);
      case "full" -> new LlavaFeatures(layers, 0);
      default ->
          throw new ModelException(
              "config.json: vision_feature_select_strategy '"
                  + strategy
                  + "' is not supported; default and full are");
    };
  }

  /** The id that stands for an image in a prompt, in both spellings of its key. */
  public static int placeholder(Config config, int fallback) {
    return config.intValue("image_token_index", config.intValue("image_token_id", fallback));
  }

  /** Tokens of an image, or of a tile. */
  public int tokens(VitShape shape) {
    return shape.tokens() - skip;
  }

  /** What the decoder reads of the tower. */
  public VitOutput output() {
    return VitOutput.hiddenStates(layers, skip);
  }

  /** Checks and opens the tower. */
  public VitTower openTower(VitShape shape, ModelWeights root, ModelOptions options) {
    return VitTower.open(shape, towerWeights(root), output(), options);
  }

  /** The tower's weights, by any of the names that they have been saved under. */
  public static ModelWeights towerWeights(ModelWeights root) {
    return root.module(
        "vision_tower.vision_model",
        "vision_tower",
        "model.vision_tower.vision_model",
        "model.vision_tower");
  }

  /**
   * Checks and opens the projector.
   *
   * @param hidden width of the decoder
   */
  public Projector openProjector(Config config, VitShape shape, ModelWeights root, int hidden) {
    return Projector.open(
        root.module("multi_modal_projector", "model.multi_modal_projector"),
        shape.hidden() * layers.length,
        hidden,
        config);
  }
}
