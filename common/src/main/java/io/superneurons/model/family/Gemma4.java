package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.BlockImageSettings;
import io.superneurons.model.family.parts.BlockVision;
import io.superneurons.model.vision.AxisPositions;
import io.superneurons.model.vision.PatchLayout;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.PatchTowerShape;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gemma 4, the small ones: a tower for images of any size whose blocks of patches are averaged, and
 * a decoder whose layers get an input of their own of each token and of which the last ones use the
 * keys and values of earlier ones (transformers' modeling_gemma4.py, processing_gemma4.py). Sound
 * and video are left out.
 */
final class Gemma4 implements Family {
  private static final String IMAGE = "<|image|>";
  private static final String EPS = "rms_norm_eps";

  @Override
  public String modelType() {
    return "gemma4";
  }

  @Override
  public ImageSlot imageSlot() {
    return ImageSlot.of(IMAGE);
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(
        config, config.child("text_config"), "gemma4_text", HeadTie.TOP_LEVEL_OR_TIED);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return shape(checkpoint).layerShape();
  }

  private PatchTowerShape shape(Checkpoint checkpoint) {
    Config vision = checkpoint.config().child("vision_config");
    int hidden = vision.intValue("hidden_size", 768);
    int heads = vision.intValue("num_attention_heads", 12);
    vision.only("num_key_value_heads", heads).only("head_dim", hidden / heads);
    vision.child("rope_parameters").only("rope_type", "axial");
    return new PatchTowerShape(
        new PatchShape(
            vision.intValue("patch_size", 16), 1, vision.intValue("pooling_kernel_size", 3)),
        hidden,
        vision.intValue("intermediate_size", 3072),
        vision.intValue("num_hidden_layers", 16),
        heads,
        decoder(checkpoint).hidden(),
        vision.string("hidden_activation", "gelu_pytorch_tanh"),
        PatchTowerShape.Rotary.alike(
            vision.child("rope_parameters").doubleValue("rope_theta", 100)),
        Optional.of(new AxisPositions(vision.intValue("position_embedding_size", 10_240))),
        PatchTowerShape.Windows.none());
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    PatchTowerShape shape = shape(checkpoint);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    return new BlockVision(
        BlockImageSettings.gemma4(checkpoint.imageProcessorConfig(), shape.patches()),
        PatchTower.open(shape, files, parts(shape, root, config.child("vision_config")), options),
        config.intValue("image_token_id", 258_880),
        Gemma4::text);
  }

  /** {@code replace_image_token} of processing_gemma4.py. */
  private static String text(PatchLayout.Grid grid) {
    return "<|image>" + IMAGE.repeat(grid.blocks()) + "<image|>";
  }

  private static PatchTower.Parts parts(PatchTowerShape shape, ModelWeights root, Config vision) {
    ModelWeights tower = root.module("model.vision_tower", "vision_tower");
    return new PatchTower.Parts(
        embedding(shape, tower),
        IntStream.range(0, shape.layers())
            .mapToObj(i -> layer(shape, tower.module("encoder.layers." + i), vision))
            .toList(),
        average(shape, root, tower, vision),
        Map.of());
  }

  private static ModelWeights.Request embedding(PatchTowerShape shape, ModelWeights tower) {
    long positions = shape.positions().orElseThrow().rows() / 2;
    return tower
        .module("patch_embedder")
        .request()
        .needAs("proj.weight", "input_proj.weight", shape.hidden(), shape.patches().values())
        .needAs("pos_embed.weight", "position_embedding_table", 2, positions, shape.hidden())
        .mark("pixels_from_minus_one");
  }

  private static ModelWeights.Request layer(
      PatchTowerShape shape, ModelWeights layer, Config vision) {
    int hidden = shape.hidden();
    int head = hidden / shape.heads();
    boolean bounded = vision.booleanValue("use_clipped_linears", false);
    ModelWeights.Request request =
        layer
            .request()
            .number("eps", vision.doubleValue(EPS, 1e-6))
            .needAs("norm1.weight", "input_layernorm.weight", hidden)
            .needAs("attention_output_norm.weight", "post_attention_layernorm.weight", hidden)
            .needAs("norm2.weight", "pre_feedforward_layernorm.weight", hidden)
            .needAs("mlp_output_norm.weight", "post_feedforward_layernorm.weight", hidden)
            .needAs("attn.q_norm.weight", "self_attn.q_norm.weight", head)
            .needAs("attn.k_norm.weight", "self_attn.k_norm.weight", head);
    matrix(request, "attn.q_proj", "self_attn.q_proj", bounded, hidden, hidden);
    matrix(request, "attn.k_proj", "self_attn.k_proj", bounded, hidden, hidden);
    matrix(request, "attn.v_proj", "self_attn.v_proj", bounded, hidden, hidden);
    matrix(request, "attn.proj", "self_attn.o_proj", bounded, hidden, hidden);
    matrix(request, "mlp.gate_proj", "mlp.gate_proj", bounded, hidden, shape.intermediate());
    matrix(request, "mlp.up_proj", "mlp.up_proj", bounded, hidden, shape.intermediate());
    matrix(request, "mlp.down_proj", "mlp.down_proj", bounded, shape.intermediate(), hidden);
    return request;
  }

  /** A linear layer, with bounds of what goes in and what comes out. */
  private static void matrix(
      ModelWeights.Request request,
      String shortName,
      String name,
      boolean bounded,
      long in,
      long out) {
    request.matrixAs(shortName + ".weight", name + ".linear.weight", out, in);
    if (bounded) {
      for (String bound : List.of("input_min", "input_max", "output_min", "output_max")) {
        request.needAs(shortName + "." + bound, name + "." + bound);
      }
    }
  }

  /** Blocks of patches are averaged, normed and projected. */
  private static ModelWeights.Request average(
      PatchTowerShape shape, ModelWeights root, ModelWeights tower, Config vision) {
    ModelWeights.Request request =
        root.module("model.embed_vision", "embed_vision")
            .request()
            .needAs("average.weight", "embedding_projection.weight", shape.out(), shape.hidden())
            .number("eps", vision.doubleValue(EPS, 1e-6));
    if (!vision.booleanValue("standardize", false)) {
      return request;
    }
    return request.with(
        tower.request().need("std_bias", shape.hidden()).need("std_scale", shape.hidden()));
  }
}
