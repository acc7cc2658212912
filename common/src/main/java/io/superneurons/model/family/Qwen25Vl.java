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
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Qwen2.5-VL: a tower for images of any size, most of whose layers attend within windows; positions
 * by time, row and column (transformers' modeling_qwen2_5_vl.py, processing_qwen2_5_vl.py; arXiv
 * 2502.13923). Published configurations are flat: the language model's keys stand beside the
 * others.
 */
final class Qwen25Vl implements PatchFamily {
  private static final int[] WHOLE_LAYERS = {7, 15, 23, 31};

  @Override
  public String modelType() {
    return "qwen2_5_vl";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    Config text = config.has("text_config") ? config.child("text_config") : config;
    return DecoderShape.of(config, text, "qwen2_5_vl_text", HeadTie.EITHER_LEVEL);
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
    return PatchVision.open(
        checkpoint, files, options, shape, parts(shape, visual), PatchVision.PLACEHOLDER);
  }

  private static PatchTowerShape shape(Config vision) {
    PatchShape patches = PatchShape.of(vision, 14);
    return new PatchTowerShape(
        patches,
        vision.intValue("hidden_size", 3584),
        vision.intValue("intermediate_size", 3420),
        vision.intValue("depth", 32),
        vision.intValue("num_heads", 16),
        vision.intValue("out_hidden_size", 3584),
        vision.string("hidden_act", "silu"),
        PatchTowerShape.Rotary.alike(
            vision.child("rope_parameters").doubleValue("rope_theta", 10_000)),
        Optional.empty(),
        windows(vision, patches));
  }

  private static PatchTowerShape.Windows windows(Config vision, PatchShape patches) {
    int pixels = vision.intValue("window_size", 112);
    if (pixels < patches.blockSide()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "vision_config: window_size %d must hold a block of %d pixels",
              pixels,
              patches.blockSide()));
    }
    int[] layers =
        vision.has("fullatt_block_indexes") ? vision.ints("fullatt_block_indexes") : WHOLE_LAYERS;
    Set<Integer> whole = Arrays.stream(layers).boxed().collect(Collectors.toSet());
    return new PatchTowerShape.Windows(pixels / patches.blockSide(), whole);
  }

  private static PatchTower.Parts parts(PatchTowerShape shape, ModelWeights visual) {
    return new PatchTower.Parts(
        PatchTower.embeddingWeights(shape, visual),
        PatchTower.layerWeights(shape, visual, layer -> layer(shape, layer)),
        merger(shape, visual.module("merger")),
        Map.of());
  }

  private static ModelWeights.Request layer(PatchTowerShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    return layer
        .request()
        .need("norm1.weight", hidden)
        .linear("attn.qkv", hidden, 3L * hidden)
        .linear("attn.proj", hidden, hidden)
        .need("norm2.weight", hidden)
        .linear("mlp.gate_proj", hidden, shape.intermediate())
        .linear("mlp.up_proj", hidden, shape.intermediate())
        .linear("mlp.down_proj", shape.intermediate(), hidden);
  }

  private static ModelWeights.Request merger(PatchTowerShape shape, ModelWeights merger) {
    int merged = shape.merged();
    return merger
        .request()
        .needAs("norm.weight", "ln_q.weight", shape.hidden())
        .linearAs("linear_fc1", "mlp.0", merged, merged)
        .linearAs("linear_fc2", "mlp.2", merged, shape.out());
  }
}
