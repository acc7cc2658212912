package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.PatchVision;
import io.superneurons.model.vision.PatchShape;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.PatchTowerShape;
import io.superneurons.model.vision.PositionGrid;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Qwen3-VL, dense or with experts: a tower for images of any size with interpolated learned
 * positions, whose shallower layers feed the decoder's first layers too (deepstack); interleaved
 * positions by time, row and column (transformers' modeling_qwen3_vl.py, processing_qwen3_vl.py).
 */
record Qwen3Vl(String modelType) implements PatchFamily {

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(
        config, config.child("text_config"), modelType + "_text", HeadTie.TOP_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return shape(checkpoint.config().child("vision_config")).layerShape();
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config vision = checkpoint.config().child("vision_config");
    return openVision(
        checkpoint,
        files,
        options,
        shape(vision).feeding(decoder(checkpoint)),
        deepstackLayers(vision),
        PatchVision.PLACEHOLDER);
  }

  /**
   * Opens the tower.
   *
   * @param deepstackLayers layers of the tower that feed the decoder's layers 0, 1, ...
   * @param placeholder id of the token that stands for an image, where the configuration has none
   */
  static Vision openVision(
      Checkpoint checkpoint,
      MappedWeights files,
      ModelOptions options,
      PatchTowerShape shape,
      int[] deepstackLayers,
      int placeholder) {
    ModelWeights visual = ModelWeights.of(checkpoint, files).module("model.visual", "visual");
    PatchTower.Parts parts =
        new PatchTower.Parts(
            embedding(shape, visual),
            PatchTower.layerWeights(shape, visual, layer -> layer(shape, layer)),
            merger(shape, visual.module("merger"), shape.hidden()),
            deepstack(shape, deepstackLayers, visual, options.depth()));
    return PatchVision.open(checkpoint, files, options, shape, parts, placeholder);
  }

  static PatchTowerShape shape(Config vision) {
    return new PatchTowerShape(
        PatchShape.of(vision, 16),
        vision.intValue("hidden_size", 1152),
        vision.intValue("intermediate_size", 4304),
        vision.intValue("depth", 27),
        vision.intValue("num_heads", 16),
        vision.intValue("out_hidden_size", 3584),
        vision.string("hidden_act", "gelu_pytorch_tanh"),
        PatchTowerShape.Rotary.alike(
            vision.child("rope_parameters").doubleValue("rope_theta", 10_000)),
        Optional.of(PositionGrid.of(vision.intValue("num_position_embeddings", 2304))),
        PatchTowerShape.Windows.none());
  }

  private static ModelWeights.Request embedding(PatchTowerShape shape, ModelWeights visual) {
    return PatchTower.embeddingWeights(shape, visual)
        .need("proj.bias", shape.hidden())
        .with(
            visual
                .request()
                .need("pos_embed.weight", shape.positions().orElseThrow().rows(), shape.hidden()));
  }

  /**
   * The mergers whose features are added after the decoder's layers 0, 1, ...; an early exit reads
   * nothing after its last layer.
   */
  private static Map<Integer, ModelWeights.Request> deepstack(
      PatchTowerShape shape, int[] layers, ModelWeights visual, Depth depth) {
    Map<Integer, ModelWeights.Request> mergers = new HashMap<>();
    for (int i = 0; i < layers.length && depth.goesBeyond(i); i++) {
      ModelWeights merger = visual.module("deepstack_merger_list." + i);
      mergers.put(layers[i], merger(shape, merger, shape.merged()));
    }
    return mergers;
  }

  private static int[] deepstackLayers(Config vision) {
    return vision.has("deepstack_visual_indexes")
        ? vision.ints("deepstack_visual_indexes")
        : new int[] {8, 16, 24};
  }

  private static ModelWeights.Request layer(PatchTowerShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    return layer
        .request()
        .norm("norm1", hidden)
        .linear("attn.qkv", hidden, 3L * hidden)
        .linear("attn.proj", hidden, hidden)
        .norm("norm2", hidden)
        .linear("mlp.linear_fc1", hidden, shape.intermediate())
        .linear("mlp.linear_fc2", shape.intermediate(), hidden);
  }

  private static ModelWeights.Request merger(PatchTowerShape shape, ModelWeights merger, int norm) {
    return merger
        .request()
        .norm("norm", norm)
        .linear("linear_fc1", shape.merged(), shape.merged())
        .linear("linear_fc2", shape.merged(), shape.out());
  }
}
