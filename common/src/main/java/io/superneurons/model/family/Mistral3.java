package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.BlockImageSettings;
import io.superneurons.model.family.parts.BlockVision;
import io.superneurons.model.family.parts.LlavaFeatures;
import io.superneurons.model.vision.PatchLayout;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.PatchTowerShape;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Mistral 3 (Mistral Small 3.1 and later, Ministral 3): Pixtral's tower for images of any size,
 * whose blocks of patches are merged, rows of image tokens that end in a break, and a Mistral
 * decoder (transformers' modeling_mistral3.py, modeling_pixtral.py, processing_pixtral.py).
 */
final class Mistral3 implements Family {
  private static final String IMAGE = "[IMG]";
  private static final double TOWER_EPS = 1e-5;

  @Override
  public String modelType() {
    return "mistral3";
  }

  @Override
  public ImageSlot imageSlot() {
    return ImageSlot.of(IMAGE);
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(
        config, config.child("text_config"), "mistral", HeadTie.TOP_LEVEL_OR_TIED);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return shape(checkpoint).layerShape();
  }

  private PatchTowerShape shape(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    Config vision = config.child("vision_config");
    vision.only("model_type", "pixtral").only("num_channels", 3);
    vision.child("rope_parameters").only("rope_type", "axial", "default");
    return new PatchTowerShape(
        new PatchShape(
            vision.intValue("patch_size", 16), 1, config.intValue("spatial_merge_size", 2)),
        vision.intValue("hidden_size", 1024),
        vision.intValue("intermediate_size", 4096),
        layers(config, vision.intValue("num_hidden_layers", 24)),
        vision.intValue("num_attention_heads", 16),
        decoder(checkpoint).hidden(),
        vision.string("hidden_act", "gelu"),
        new PatchTowerShape.Rotary(
            vision
                .child("rope_parameters")
                .doubleValue("rope_theta", vision.doubleValue("rope_theta", 10_000)),
            PatchTowerShape.Rotary.Columns.BETWEEN_ROWS),
        Optional.empty(),
        PatchTowerShape.Windows.none());
  }

  /** Layers of the tower up to the one that the decoder reads, {@code vision_feature_layer}. */
  private static int layers(Config config, int all) {
    int[] chosen =
        config.isArray("vision_feature_layer")
            ? config.ints("vision_feature_layer")
            : new int[] {config.intValue("vision_feature_layer", -1)};
    int state = chosen.length == 1 ? chosen[0] : all + 1;
    int layers = state < 0 ? all + 1 + state : state;
    if (layers < 1 || layers > all) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: vision_feature_layer must be one of the tower's %d layers",
              config.file(),
              all));
    }
    return layers;
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    PatchTowerShape shape = shape(checkpoint);
    double eps = decoder(checkpoint).eps();
    ModelWeights root = ModelWeights.of(checkpoint, files);
    return new BlockVision(
        BlockImageSettings.pixtral(checkpoint.imageProcessorConfig(), shape.patches()),
        PatchTower.open(shape, files, parts(shape, root, config, eps), options),
        LlavaFeatures.placeholder(config, 10),
        Mistral3::text);
  }

  /** {@code replace_image_token} of processing_pixtral.py. */
  private static String text(PatchLayout.Grid grid) {
    String row = IMAGE.repeat(grid.columns());
    return (row + "[IMG_BREAK]").repeat(grid.rows() - 1) + row + "[IMG_END]";
  }

  private static PatchTower.Parts parts(
      PatchTowerShape shape, ModelWeights root, Config config, double eps) {
    ModelWeights tower = root.module("vision_tower", "model.vision_tower");
    return new PatchTower.Parts(
        embedding(shape, tower),
        IntStream.range(0, shape.layers())
            .mapToObj(i -> layer(shape, tower.module("transformer.layers." + i)))
            .toList(),
        merger(shape, root.module("multi_modal_projector", "model.multi_modal_projector"), config)
            .number("eps", eps),
        Map.of());
  }

  private static ModelWeights.Request embedding(PatchTowerShape shape, ModelWeights tower) {
    int side = shape.patches().side();
    return tower
        .request()
        .number("eps", TOWER_EPS)
        .needAs("proj.weight", "patch_conv.weight", shape.hidden(), 3, side, side)
        .needAs("proj_norm.weight", "ln_pre.weight", shape.hidden());
  }

  private static ModelWeights.Request layer(PatchTowerShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    int intermediate = shape.intermediate();
    return layer
        .request()
        .number("eps", TOWER_EPS)
        .needAs("norm1.weight", "attention_norm.weight", hidden)
        .matrixAs("attn.q_proj.weight", "attention.q_proj.weight", hidden, hidden)
        .matrixAs("attn.k_proj.weight", "attention.k_proj.weight", hidden, hidden)
        .matrixAs("attn.v_proj.weight", "attention.v_proj.weight", hidden, hidden)
        .matrixAs("attn.proj.weight", "attention.o_proj.weight", hidden, hidden)
        .needAs("norm2.weight", "ffn_norm.weight", hidden)
        .matrixAs("mlp.gate_proj.weight", "feed_forward.gate_proj.weight", intermediate, hidden)
        .matrixAs("mlp.up_proj.weight", "feed_forward.up_proj.weight", intermediate, hidden)
        .matrixAs("mlp.down_proj.weight", "feed_forward.down_proj.weight", hidden, intermediate);
  }

  private static ModelWeights.Request merger(
      PatchTowerShape shape, ModelWeights projector, Config config) {
    config.only("projector_hidden_act", "gelu");
    int hidden = shape.hidden();
    ModelWeights.Request request =
        projector
            .request()
            .need("norm.weight", hidden)
            .matrixAs(
                "merging_layer.weight",
                "patch_merger.merging_layer.weight",
                hidden,
                shape.merged());
    String first = "linear_1";
    String second = "linear_2";
    if (config.booleanValue("multimodal_projector_bias", false)) {
      return request
          .linearAs("linear_fc1", first, hidden, shape.out())
          .linearAs("linear_fc2", second, shape.out(), shape.out());
    }
    return request
        .matrixAs("linear_fc1.weight", first + ".weight", shape.out(), hidden)
        .matrixAs("linear_fc2.weight", second + ".weight", shape.out(), shape.out());
  }
}
