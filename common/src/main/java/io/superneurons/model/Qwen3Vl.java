package io.superneurons.model;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.PatchImageProcessor;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Qwen3-VL: a tower for images of any size with interpolated learned positions, whose shallower
 * layers feed the decoder's first layers too (deepstack); interleaved positions by time, row and
 * column (transformers' modeling_qwen3_vl.py, processing_qwen3_vl.py).
 */
final class Qwen3Vl implements Family {

  @Override
  public String modelType() {
    return "qwen3_vl";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "qwen3_vl_text");
  }

  @Override
  public ImageSlot imageSlot() {
    return PatchVision.SLOT;
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files) {
    Config config = checkpoint.config();
    Config vision = config.child("vision_config");
    PatchTowerShape shape = shape(vision).feeding(decoder(checkpoint));
    PatchImageProcessor images =
        ImageSettings.patches(checkpoint.imageProcessorConfig(), shape.patches());
    ModelWeights visual = ModelWeights.of(checkpoint, files).module("model.visual", "visual");
    PatchTower tower = PatchTower.open(shape, files, parts(shape, vision, visual));
    return new PatchVision(images, tower, config.intValue("image_token_id", 151_655));
  }

  @Override
  public Decoder openDecoder(Checkpoint checkpoint, MappedWeights files, Depth depth) {
    ModelWeights root = ModelWeights.of(checkpoint, files);
    ModelWeights text = root.module("model.language_model", "language_model.model", "model");
    return Decoder.open(decoder(checkpoint), root, text, depth);
  }

  private static PatchTowerShape shape(Config vision) {
    return new PatchTowerShape(
        PatchShape.of(vision, 16),
        vision.intValue("hidden_size", 1152),
        vision.intValue("intermediate_size", 4304),
        vision.intValue("depth", 27),
        vision.intValue("num_heads", 16),
        vision.intValue("out_hidden_size", 3584),
        vision.string("hidden_act", "gelu_pytorch_tanh"),
        vision.child("rope_parameters").doubleValue("rope_theta", 10_000),
        Optional.of(PositionGrid.of(vision.intValue("num_position_embeddings", 2304))),
        PatchTowerShape.Windows.none());
  }

  private static PatchTower.Parts parts(PatchTowerShape shape, Config vision, ModelWeights visual) {
    int side = shape.patches().side();
    int grid = shape.positions().orElseThrow().side();
    ModelWeights.Request embedding =
        visual
            .module("patch_embed")
            .request()
            .need("proj.weight", shape.hidden(), 3, shape.patches().frames(), side, side)
            .need("proj.bias", shape.hidden())
            .with(visual.request().need("pos_embed.weight", (long) grid * grid, shape.hidden()));
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.add(layer(shape, visual.module("blocks." + layer)));
    }
    Map<Integer, ModelWeights.Request> deepstack = new HashMap<>();
    int[] deepstackLayers = deepstackLayers(vision);
    for (int i = 0; i < deepstackLayers.length; i++) {
      ModelWeights merger = visual.module("deepstack_merger_list." + i);
      deepstack.put(deepstackLayers[i], merger(shape, merger, shape.merged()));
    }
    return new PatchTower.Parts(
        embedding, layers, merger(shape, visual.module("merger"), shape.hidden()), deepstack);
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
