package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.PassCost;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.LayerSizes;
import io.superneurons.model.family.Families;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTensorsTest {
  /**
   * A tower of 3 layers of 2,304 + 1,920 weights, 4,608 of patches and 1,792 of the projector, on
   * 17 tokens; a decoder of 4 x 32 x 32 + 3 x 32 x 40 weights a layer on 16 + 64 tokens, two of the
   * four squares being keys and values; a head of 32 x 384.
   */
  @Test
  void weightsTimesTokens() throws IOException {
    long tower = 3 * (2304 + 1920) + 4608 + 1792;
    PassCost expected =
        new PassCost(
            17 * tower, 17 * 4608, 17 * (2304 + 1920), 80 * 7936, 80 * 2048 + 5888, 32 * 384);
    assertEquals(expected, cost("llava-hub"));
  }

  /**
   * Names of tensors differ; what is counted are the tower's weights, which a sum over all shows.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llava-v5",
        "llava_next-hub",
        "llava_onevision-hub",
        "qwen2_vl-hub",
        "qwen2_5_vl-hub",
        "qwen3_vl-v5",
        "smolvlm-v5",
        "mistral3-hub"
      })
  void theTowersWeightsAreThoseThatTheDecoderHasNot(String fixture) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder(fixture));
    DecoderShape shape = Families.of(checkpoint).decoder(checkpoint);
    long hidden = shape.hidden();
    LayerSizes.Layer sizes = shape.layer(0);
    long layer =
        2 * hidden * sizes.headDim() * (shape.heads() + sizes.kvHeads())
            + 3 * hidden * sizes.intermediate();
    long looked =
        checkpoint.tensors().values().stream()
            .filter(
                t -> t.name().matches(".*(embed_tokens|lm_head|pos_embed|position_embedding).*"))
            .mapToLong(TensorInfo::elementCount)
            .sum();
    long all =
        checkpoint.tensors().values().stream()
            .filter(t -> t.shape().length > 1)
            .mapToLong(TensorInfo::elementCount)
            .sum();
    PassCost one = ModelTensors.of(checkpoint).passCost(shape, 1, 0);
    assertEquals(all - looked - shape.layers() * layer, one.tower());
    assertEquals(64 * layer, one.perLayer());
    long keysAndValues = 2 * hidden * sizes.headDim() * sizes.kvHeads();
    assertEquals(
        new PassCost(
            one.tower() * 3 / 2,
            one.towerStart() * 3 / 2,
            one.towerLayer() * 3 / 2,
            100 * layer + layer / 2,
            100 * keysAndValues + keysAndValues / 2 + layer - keysAndValues,
            one.head()),
        ModelTensors.of(checkpoint).meanCost(shape, 1.5, 100.5));
    assertTrue(one.knowsTower());
    assertTrue(one.towerStart() + one.towerLayer() < one.tower());
  }

  @Test
  void anEarlyExitLeavesOutDeeperLayersAndTheHeadButNoTower() {
    ModelTensors tensors =
        new ModelTensors(
            List.of(
                tensor("model.vision_tower.vision_model.encoder.layers.3.mlp.fc1.weight", 10),
                tensor("model.visual.layers.1.weight", 20),
                tensor("model.language_model.embed_tokens.weight", 40),
                tensor("model.language_model.layers.0.mlp.up_proj.weight", 80),
                tensor("model.language_model.layers.1.mlp.up_proj.weight", 160),
                tensor("lm_head.weight", 320)));
    assertEquals(new ModelTensors.Size(630, 1260), tensors.held(Depth.full()));
    assertEquals(new ModelTensors.Size(150, 300), tensors.held(Depth.upTo(0)));
    assertEquals(new ModelTensors.Size(310, 620), tensors.held(Depth.upTo(1)));
    assertEquals(new ModelTensors.Size(0, 0), tensors.held(Depth.upTo(ModelLayer.ofTower(0))));
    assertEquals(new ModelTensors.Size(20, 40), tensors.held(Depth.upTo(ModelLayer.ofTower(1))));
    assertEquals(new ModelTensors.Size(30, 60), tensors.held(Depth.upTo(ModelLayer.ofTower(3))));
    assertEquals(600, tensors.held(Depth.upTo(0)).in(4));
  }

  @Test
  void whatNoImageAndNoQuestionNeedsIsNotCounted() {
    ModelTensors tensors =
        new ModelTensors(
            List.of(
                tensor("model.audio_tower.layers.0.conv.weight", 10),
                tensor("model.embed_audio.embedding_projection.weight", 20),
                tensor("mtp.layers.0.mlp.up_proj.weight", 40),
                tensor("model.language_model.layers.0.mlp.up_proj.weight", 80),
                tensor("model.language_model.embed_tokens_per_layer.weight", 160)));
    assertEquals(new ModelTensors.Size(240, 480), tensors.held(Depth.full()));
    assertEquals(new ModelTensors.Size(240, 480), tensors.held(Depth.upTo(0)));
    assertEquals(new ModelTensors.Size(0, 0), tensors.held(Depth.upTo(ModelLayer.ofTower(0))));
  }

  private static TensorInfo tensor(String name, long elements) {
    return new TensorInfo(
        name, DType.BFLOAT16, new long[] {elements}, Path.of("model.safetensors"), 0, 2 * elements);
  }

  private static Path folder(String fixture) {
    return Path.of("src/test/resources/fixtures", fixture, "checkpoint");
  }

  private static PassCost cost(String fixture) throws IOException {
    ModelOptions options = ModelOptions.whole(ComputeType.FLOAT32, "cpu").withDepth(Depth.upTo(0));
    try (VisionLanguageModel model =
        VisionLanguageModel.open(Checkpoint.open(folder(fixture)), options)) {
      RgbImage image = RgbImage.filled(new ImageSize(480, 640), RgbColor.BLACK);
      return model.passCost(model.prepare(image));
    }
  }
}
