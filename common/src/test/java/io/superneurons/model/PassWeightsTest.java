package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.PassCost;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelLimits;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassWeightsTest {
  /**
   * A tower of 3 layers of 2,304 + 1,920 weights, 4,608 of patches and 1,792 of the projector, on
   * 17 tokens; a decoder of 4 x 32 x 32 + 3 x 32 x 40 weights a layer on 16 + 64 tokens, two of the
   * four squares being keys and values; a head of 32 x 384.
   */
  @Test
  void weightsTimesTokens() throws IOException {
    long tower = 3 * (2304 + 1920) + 4608 + 1792;
    PassCost expected = new PassCost(17 * tower, 80 * 7936, 80 * 2048 + 5888, 32 * 384);
    assertEquals(expected, cost("llava-hub"));
  }

  /**
   * Names of tensors differ; what is counted are the tower's weights, which a sum over all shows.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"llava-v5", "llava_onevision-hub", "qwen2_5_vl-hub", "qwen3_vl-v5", "smolvlm-v5"})
  void theTowersWeightsAreThoseThatTheDecoderHasNot(String fixture) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder(fixture));
    DecoderShape shape = Families.of(checkpoint).decoder(checkpoint);
    long hidden = shape.hidden();
    long layer =
        2 * hidden * shape.headDim() * (shape.heads() + shape.kvHeads())
            + 3 * hidden * shape.intermediate();
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
    PassCost one = PassWeights.of(shape, checkpoint.tensors().values(), 1, 0);
    assertEquals(all - looked - shape.layers() * layer, one.tower());
    assertEquals(64 * layer, one.perLayer());
  }

  private static Path folder(String fixture) {
    return Path.of("src/test/resources/fixtures", fixture, "checkpoint");
  }

  private static PassCost cost(String fixture) throws IOException {
    ModelOptions options =
        new ModelOptions(ComputeType.FLOAT32, "cpu", Depth.upTo(0), PixelLimits.OWN);
    try (VisionLanguageModel model =
        VisionLanguageModel.open(Checkpoint.open(folder(fixture)), options)) {
      RgbImage image = RgbImage.filled(new ImageSize(480, 640), RgbColor.BLACK);
      return model.passCost(model.prepare(image));
    }
  }
}
