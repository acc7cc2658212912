package io.superneurons.model.vision;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The geometry of a vision transformer, from Hugging Face's {@code vision_config}. What a
 * configuration leaves out has the default of its class in transformers (configuration_clip.py,
 * configuration_siglip.py, configuration_idefics3.py).
 *
 * @param hidden width of the tower
 * @param intermediate neurons of an MLP
 * @param layers of the tower
 * @param heads of attention
 * @param imageSize pixels on each side of an image
 * @param patchSize pixels on each side of a patch
 * @param activation of the MLP, by transformers' name
 * @param eps of the layer norms
 * @param classToken whether a class token stands before the patches
 * @param preNorm whether a norm stands before the layers (CLIP)
 */
public record VitShape(
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int imageSize,
    int patchSize,
    String activation,
    double eps,
    boolean classToken,
    boolean preNorm) {

  private static final VitShape CLIP =
      new VitShape(768, 3072, 12, 12, 224, 32, "quick_gelu", 1e-5, true, true);
  private static final VitShape SIGLIP =
      new VitShape(768, 3072, 12, 12, 224, 16, "gelu_pytorch_tanh", 1e-6, false, false);
  private static final VitShape IDEFICS3 =
      new VitShape(1152, 3072, 12, 16, 224, 32, "gelu_pytorch_tanh", 1e-6, false, false);

  private static final VitShape INTERN_VIT =
      new VitShape(1024, 4096, 24, 16, 448, 14, "gelu", 1e-6, true, false);

  public VitShape {
    if (hidden < 1 || intermediate < 1 || layers < 1 || heads < 1 || hidden % heads != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "vision_config: hidden_size %d must be a multiple of num_attention_heads %d",
              hidden,
              heads));
    }
    if (patchSize < 1 || imageSize < patchSize) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "vision_config: image_size %d must hold a patch of %d",
              imageSize,
              patchSize));
    }
    DecoderShape.requireActivation("vision_config", activation);
  }

  /**
   * Reads a {@code vision_config} of type {@code clip_vision_model} or {@code siglip_vision_model}.
   *
   * @param defaultType the type where the configuration names none
   */
  public static VitShape of(Config vision, String defaultType) {
    String type = vision.string("model_type", defaultType);
    return switch (type) {
      case "clip_vision_model" -> of(vision, CLIP);
      case "siglip_vision_model" -> of(vision, SIGLIP);
      default ->
          throw new ModelException(
              "vision_config: model_type '"
                  + type
                  + "' is not supported; clip_vision_model and siglip_vision_model are");
    };
  }

  /**
   * Reads the {@code vision_config} of Idefics3 and SmolVLM, a SigLIP tower whatever {@code
   * model_type} says (configuration_idefics3.py).
   */
  public static VitShape ofIdefics3(Config vision) {
    return of(vision, IDEFICS3);
  }

  /** Reads the {@code vision_config} of InternVL (configuration_internvl.py). */
  public static VitShape ofInternVit(Config vision) {
    return of(vision, INTERN_VIT);
  }

  private static VitShape of(Config vision, VitShape defaults) {
    vision.only("num_channels", 3);
    return new VitShape(
        vision.intValue("hidden_size", defaults.hidden),
        vision.intValue("intermediate_size", defaults.intermediate),
        vision.intValue("num_hidden_layers", defaults.layers),
        vision.intValue("num_attention_heads", defaults.heads),
        side(vision, "image_size", defaults.imageSize),
        side(vision, "patch_size", defaults.patchSize),
        vision.string("hidden_act", defaults.activation),
        vision.doubleValue("layer_norm_eps", defaults.eps),
        defaults.classToken,
        defaults.preNorm);
  }

  /** A number, or height and width that are the same. */
  private static int side(Config vision, String key, int usual) {
    int[] sides = vision.ints(key);
    if (Arrays.stream(sides).distinct().count() > 1) {
      throw new ModelException("vision_config: " + key + " must be a square");
    }
    return sides.length == 0 ? usual : sides[0];
  }

  /** Patches along each side of an image. */
  public int patchesPerSide() {
    return imageSize / patchSize;
  }

  /** Patches of an image. */
  public int patches() {
    return patchesPerSide() * patchesPerSide();
  }

  /** Tokens of an image: patches, and the class token if there is one. */
  public int tokens() {
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
          String.format(
              Locale.ROOT,
              "vision_feature_layer %d is not one of the tower's %d layers",
              index,
              layers));
    }
    return state;
  }
}
