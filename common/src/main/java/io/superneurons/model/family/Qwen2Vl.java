package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.PatchVision;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.PatchTowerShape;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import java.util.Map;
import java.util.Optional;

/**
 * Qwen2-VL: a tower for images of any size whose layers attend over the whole image; positions by
 * time, row and column (transformers' modeling_qwen2_vl.py, processing_qwen2_vl.py; arXiv
 * 2409.12191). Published configurations are flat: the language model's keys stand beside the
 * others.
 */
final class Qwen2Vl implements PatchFamily {

  @Override
  public String modelType() {
    return "qwen2_vl";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    Config text = config.has("text_config") ? config.child("text_config") : config;
    return DecoderShape.of(config, text, "qwen2_vl_text", HeadTie.EITHER_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return shape(checkpoint.config().child("vision_config")).layerShape();
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    PatchTowerShape shape =
        shape(checkpoint.config().child("vision_config")).feeding(decoder(checkpoint));
    ModelWeights visual = ModelWeights.of(checkpoint, files).module("visual", "model.visual");
    PatchTower.Parts parts =
        new PatchTower.Parts(
            PatchTower.embeddingWeights(shape, visual),
            PatchTower.layerWeights(shape, visual, layer -> layer(shape, layer)),
            merger(shape, visual.module("merger")),
            Map.of());
    return PatchVision.open(checkpoint, files, options, shape, parts, PatchVision.PLACEHOLDER);
  }

  /** {@code embed_dim} is the tower's width, {@code hidden_size} that of its features. */
  private static PatchTowerShape shape(Config vision) {
    int width = vision.intValue("embed_dim", 1280);
    return new PatchTowerShape(
        PatchShape.of(vision, 14),
        width,
        (int) (width * vision.doubleValue("mlp_ratio", 4)),
        vision.intValue("depth", 32),
        vision.intValue("num_heads", 16),
        vision.intValue("hidden_size", 3584),
        vision.string("hidden_act", "quick_gelu"),
        PatchTowerShape.Rotary.alike(
            vision.child("rope_parameters").doubleValue("rope_theta", 10_000)),
        Optional.empty(),
        PatchTowerShape.Windows.none());
  }

  private static ModelWeights.Request layer(PatchTowerShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    int intermediate = shape.intermediate();
    return layer
        .request()
        .norm("norm1", hidden)
        .linear("attn.qkv", hidden, 3L * hidden)
        .linear("attn.proj", hidden, hidden)
        .norm("norm2", hidden)
        .linearAs("mlp.linear_fc1", "mlp.fc1", hidden, intermediate)
        .linearAs("mlp.linear_fc2", "mlp.fc2", intermediate, hidden);
  }

  private static ModelWeights.Request merger(PatchTowerShape shape, ModelWeights merger) {
    int merged = shape.merged();
    return merger
        .request()
        .needAs("norm.weight", "ln_q.weight", shape.hidden())
        .needAs("norm.bias", "ln_q.bias", shape.hidden())
        .linearAs("linear_fc1", "mlp.0", merged, merged)
        .linearAs("linear_fc2", "mlp.2", merged, shape.out());
  }
}
