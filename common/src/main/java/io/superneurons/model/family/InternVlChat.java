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
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.stream.IntStream;

/**
 * InternVL3 and 3.5 in the layout of their own code: {@link InternVl} under other names, with
 * queries, keys and values of the tower in one matrix. Their code takes Pillow's resizing for the
 * tiles; here it is torchvision's, as in {@link InternVl}, which differs by a grey level.
 */
final class InternVlChat implements Family {
  private static final VitOutput OUTPUT = VitOutput.lastHiddenState(1);

  @Override
  public String modelType() {
    return "internvl_chat";
  }

  @Override
  public ImageSlot imageSlot() {
    return TiledVision.SLOT;
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config text = checkpoint.config().child("llm_config");
    return DecoderShape.of(text, text, "qwen2", HeadTie.TOP_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return OUTPUT.layerShape(VitShape.ofInternVit(checkpoint.config().child("vision_config")));
  }

  @Override
  public SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return TileSettings.dynamicRange(checkpoint.config(), asked).limits();
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    config
        .only("select_layer", -1)
        .only("ps_version", "v2")
        .only("dynamic_image_size", true)
        .only("use_thumbnail", true);
    Config vision = config.child("vision_config");
    VitShape shape = VitShape.ofInternVit(vision);
    config.only("force_image_size", shape.imageSize());
    ModelWeights root = ModelWeights.of(checkpoint, files);
    int scale = TiledVision.scale(config);
    return new TiledVision(
        shape,
        TileSettings.ratioOfPixels(
            checkpoint.imageProcessorConfig(),
            shape.imageSize(),
            TileSettings.dynamicRange(config, options.limits())),
        scale,
        placeholder(checkpoint),
        VitTower.open(shape, parts(shape, vision, root), OUTPUT, options),
        tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : TiledVision.connector(
                PixelShuffle.openMlp(
                    projector(root, shape.hidden() * scale * scale, decoder(checkpoint).hidden()),
                    scale,
                    "gelu")));
  }

  /** The configuration does not name it: the tokenizer's id of the token. */
  private static long placeholder(Checkpoint checkpoint) {
    String token = TiledVision.SLOT.token();
    return checkpoint
        .addedToken(token)
        .orElseThrow(
            () ->
                new ModelException(
                    "Neither tokenizer_config.json nor tokenizer.json adds " + token));
  }

  private static VitTower.Parts parts(VitShape shape, Config vision, ModelWeights root) {
    ModelWeights tower = root.module("vision_model");
    int hidden = shape.hidden();
    int patch = shape.patchSize();
    return new VitTower.Parts(
        tower
            .module("embeddings")
            .request()
            .need("class_embedding", 1, 1, hidden)
            .needAs("position_embedding.weight", "position_embedding", 1, shape.tokens(), hidden)
            .need("patch_embedding.weight", hidden, 3, patch, patch)
            .need("patch_embedding.bias", hidden),
        IntStream.range(0, shape.layers())
            .mapToObj(i -> layer(shape, vision, tower.module("encoder.layers." + i)))
            .toList());
  }

  private static ModelWeights.Request layer(VitShape shape, Config vision, ModelWeights layer) {
    int hidden = shape.hidden();
    ModelWeights.Request request =
        layer
            .request()
            .matrixAs("self_attn.qkv.weight", "attn.qkv.weight", 3L * hidden, hidden)
            .linearAs("self_attn.out_proj", "attn.proj", hidden, hidden)
            .needAs("lambda_1", "ls1", hidden)
            .needAs("lambda_2", "ls2", hidden)
            .linearAs("mlp.fc1", "mlp.fc1", hidden, shape.intermediate())
            .linearAs("mlp.fc2", "mlp.fc2", shape.intermediate(), hidden);
    if (vision.booleanValue("qkv_bias", false)) {
      request.needAs("self_attn.qkv.bias", "attn.qkv.bias", 3L * hidden);
    }
    if (vision.booleanValue("qk_normalization", false)) {
      request
          .needAs("self_attn.q_norm.weight", "attn.q_norm.weight", hidden)
          .needAs("self_attn.k_norm.weight", "attn.k_norm.weight", hidden);
    }
    InternVl.norm(request, vision, "layer_norm1", "norm1", hidden);
    InternVl.norm(request, vision, "layer_norm2", "norm2", hidden);
    return request;
  }

  private static ModelWeights.Request projector(ModelWeights root, int squares, int hidden) {
    return root.module("mlp1")
        .request()
        .needAs("layer_norm.weight", "0.weight", squares)
        .needAs("layer_norm.bias", "0.bias", squares)
        .linearAs("linear_1", "1", squares, hidden)
        .linearAs("linear_2", "3", hidden, hidden);
  }
}
