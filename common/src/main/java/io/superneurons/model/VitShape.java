package io.superneurons.model;

import io.superneurons.checkpoint.Config;
import java.util.Arrays;

/**
 * The geometry of a vision transformer, from Hugging Face's {@code vision_config}. What a
 * configuration leaves out has the default of its class in transformers (configuration_clip.py,
 * configuration_siglip.py).
 *
 * @param hidden width of the tower
 * @param intermediate neurons of an MLP
 * @param layers of the tower
 * @param heads of attention
 * @param imageSize pixels on each side of an image
 * @param patchSize pixels on each side of a patch
 * @param activation of the MLP, by transformers' name
 * @param eps of the layer norms
 * @param classToken whether a class token stands before the patches and a norm after them (CLIP)
 */
record VitShape(
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int imageSize,
    int patchSize,
    String activation,
    double eps,
    boolean classToken) {

  VitShape {
    if (hidden < 1 || intermediate < 1 || layers < 1 || heads < 1 || hidden % heads != 0) {
      throw new ModelException(
          "vision_config: hidden_size %d must be a multiple of num_attention_heads %d"
              .formatted(hidden, heads));
    }
    if (patchSize < 1 || imageSize < patchSize) {
      throw new ModelException(
          "vision_config: image_size %d must hold a patch of %d".formatted(imageSize, patchSize));
    }
    DecoderShape.requireActivation("vision_config", activation);
  }

  /**
   * Reads a {@code vision_config} of type {@code clip_vision_model} or {@code siglip_vision_model}.
   */
  static VitShape of(Config vision) {
    String type = vision.string("model_type", "clip_vision_model");
    return switch (type) {
      case "clip_vision_model" -> of(vision, 32, "quick_gelu", 1e-5, true);
      case "siglip_vision_model" -> of(vision, 16, "gelu_pytorch_tanh", 1e-6, false);
      default ->
          throw new ModelException(
              "vision_config: model_type '"
                  + type
                  + "' is not supported; clip_vision_model and siglip_vision_model are");
    };
  }

  private static VitShape of(
      Config vision, int patchSize, String activation, double eps, boolean classToken) {
    return new VitShape(
        vision.intValue("hidden_size", 768),
        vision.intValue("intermediate_size", 3072),
        vision.intValue("num_hidden_layers", 12),
        vision.intValue("num_attention_heads", 12),
        vision.intValue("image_size", 224),
        vision.intValue("patch_size", patchSize),
        vision.string("hidden_act", activation),
        vision.doubleValue("layer_norm_eps", eps),
        classToken);
  }

  /** Patches of an image. */
  int patches() {
    int side = imageSize / patchSize;
    return side * side;
  }

  /** Tokens of an image: patches, and the class token if there is one. */
  int tokens() {
    return patches() + (classToken ? 1 : 0);
  }

  /**
   * Layers to run so that all chosen hidden states are there.
   *
   * @param chosen indices into transformers' {@code hidden_states}: 0 is before the first layer,
   *     negative ones count from the end
   */
  int[] hiddenStates(int[] chosen) {
    return Arrays.stream(chosen).map(this::hiddenState).toArray();
  }

  private int hiddenState(int index) {
    int state = index < 0 ? layers + 1 + index : index;
    if (state < 0 || state > layers) {
      throw new ModelException(
          "vision_feature_layer %d is not one of the tower's %d layers".formatted(index, layers));
    }
    return state;
  }
}
