package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.PixelShuffle;
import io.superneurons.model.family.parts.TileSettings;
import io.superneurons.model.family.parts.TiledVision;
import io.superneurons.model.vision.Connector;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VitOutput;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.stream.IntStream;

/**
 * InternVL3 and 3.5 as transformers writes them: an InternViT over an image's tiles and the whole
 * of it, pixel shuffle, and a Qwen decoder (transformers' modeling_internvl.py,
 * processing_internvl.py; arXiv 2504.10479).
 */
final class InternVl implements Family {
  @Override
  public String modelType() {
    return "internvl";
  }

  @Override
  public ImageSlot imageSlot() {
    return TiledVision.SLOT;
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "qwen2", HeadTie.TOP_LEVEL_OR_TIED);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return output(config).layerShape(VitShape.ofInternVit(config.child("vision_config")));
  }

  /** The last layer's is normed where the tower's output is not meant for averages. */
  private static VitOutput output(Config config) {
    int layer = config.intValue("vision_feature_layer", -1);
    boolean averages = config.child("vision_config").booleanValue("use_mean_pooling", true);
    return layer == -1 && !averages
        ? VitOutput.normed(1)
        : VitOutput.hiddenStates(new int[] {layer}, 1);
  }

  @Override
  public SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return TileSettings.ratioRange(checkpoint.imageProcessorConfig(), asked).limits();
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    Config images = checkpoint.imageProcessorConfig();
    config.only("vision_feature_select_strategy", "default");
    Config vision = config.child("vision_config");
    vision.only("use_absolute_position_embeddings", true);
    VitShape shape = VitShape.ofInternVit(vision);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    int scale = TiledVision.scale(config);
    VitOutput output = output(config);
    return new TiledVision(
        shape,
        TileSettings.ratio(
            images, shape.imageSize(), TileSettings.ratioRange(images, options.limits())),
        scale,
        config.intValue("image_token_id", 151_667),
        VitTower.open(shape, parts(shape, vision, root, output, options.depth()), output, options),
        tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : TiledVision.connector(
                PixelShuffle.openMlp(
                    projector(root, shape.hidden() * scale * scale, decoder(checkpoint).hidden()),
                    scale,
                    config.string("projector_hidden_act", "gelu"))));
  }

  private static VitTower.Parts parts(
      VitShape shape, Config vision, ModelWeights root, VitOutput output, Depth depth) {
    ModelWeights tower = root.module("model.vision_tower", "vision_tower");
    ModelWeights embeddings = tower.module("embeddings");
    int hidden = shape.hidden();
    int patch = shape.patchSize();
    ModelWeights.Request ends =
        embeddings
            .request()
            .needAs("class_embedding", "cls_token", 1, 1, hidden)
            .needAs("position_embedding.weight", "position_embeddings", 1, shape.tokens(), hidden)
            .needAs(
                "patch_embedding.weight",
                "patch_embeddings.projection.weight",
                hidden,
                3,
                patch,
                patch)
            .needAs("patch_embedding.bias", "patch_embeddings.projection.bias", hidden);
    if (output.norm() && !depth.inTower()) {
      ends.with(
          tower
              .request()
              .needAs("post_layernorm.weight", "layernorm.weight", hidden)
              .needAs("post_layernorm.bias", "layernorm.bias", hidden));
    }
    return new VitTower.Parts(
        ends,
        IntStream.range(0, shape.layers())
            .mapToObj(i -> layer(shape, vision, tower.module("encoder.layer." + i)))
            .toList());
  }

  private static ModelWeights.Request layer(VitShape shape, Config vision, ModelWeights layer) {
    int hidden = shape.hidden();
    ModelWeights.Request request = layer.request();
    for (String part : new String[] {"q_proj", "k_proj", "v_proj"}) {
      request.matrixAs(
          "self_attn." + part + ".weight", "attention." + part + ".weight", hidden, hidden);
      if (vision.booleanValue("attention_bias", false)) {
        request.needAs("self_attn." + part + ".bias", "attention." + part + ".bias", hidden);
      }
    }
    if (vision.booleanValue("use_qk_norm", false)) {
      request
          .needAs("self_attn.q_norm.weight", "attention.q_norm.weight", hidden)
          .needAs("self_attn.k_norm.weight", "attention.k_norm.weight", hidden);
    }
    norm(request, vision, "layer_norm1", "layernorm_before", hidden);
    norm(request, vision, "layer_norm2", "layernorm_after", hidden);
    return request
        .linearAs("self_attn.out_proj", "attention.projection_layer", hidden, hidden)
        .need("lambda_1", hidden)
        .need("lambda_2", hidden)
        .linearAs("mlp.fc1", "mlp.fc1", hidden, shape.intermediate())
        .linearAs("mlp.fc2", "mlp.fc2", shape.intermediate(), hidden);
  }

  /** A layer norm, or an RMS norm, which has no bias. */
  static void norm(
      ModelWeights.Request request, Config vision, String shortName, String name, int hidden) {
    vision.only("norm_type", "layer_norm", "rms_norm");
    request.needAs(shortName + ".weight", name + ".weight", hidden);
    if (vision.string("norm_type", "layer_norm").equals("layer_norm")) {
      request.needAs(shortName + ".bias", name + ".bias", hidden);
    }
  }

  private static ModelWeights.Request projector(ModelWeights root, int squares, int hidden) {
    return root.module("model.multi_modal_projector", "multi_modal_projector")
        .request()
        .norm("layer_norm", squares)
        .linearAs("linear_1", "linear_1", squares, hidden)
        .linearAs("linear_2", "linear_2", hidden, hidden);
  }
}
