package io.superneurons.model.vision;

import static io.superneurons.model.Closeness.assertClose;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.SampleTable;
import io.superneurons.model.Fixture;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a tower's output is beside the states that it is made of. */
class VitOutputTest {
  private static final String TOWER = "vision_tower.vision_model";
  private static final Checkpoint CHECKPOINT = Fixture.bundled("llava-hub").checkpoint();
  private static final VitShape SHAPE =
      VitShape.of(CHECKPOINT.config().child("vision_config"), "clip_vision_model");

  @Test
  void theLastStateIsNormedWithoutTheTokensAtTheFront() {
    float[] expected = patches(VitOutput.lastHiddenState(1));
    float[] weight = vector("weight");
    float[] bias = vector("bias");
    int width = SHAPE.hidden();
    for (int start = 0; start < expected.length; start += width) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < width; i++) {
        mean += (double) expected[start + i] / width;
        square += (double) expected[start + i] * expected[start + i] / width;
      }
      double deviation = Math.sqrt(square - mean * mean + SHAPE.eps());
      for (int i = 0; i < width; i++) {
        expected[start + i] =
            (float) ((expected[start + i] - mean) / deviation * weight[i] + bias[i]);
      }
    }
    assertClose(expected, patches(VitOutput.normed(1)), 1e-5, "normed");
  }

  private static float[] vector(String name) {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, "cpu")) {
      String full = TOWER + ".post_layernorm." + name;
      return MappedWeights.toFloats(files.open(scope, CHECKPOINT.requireTensorNamed(full)));
    }
  }

  /** What the projector gets of a random image [patches, width]. */
  private static float[] patches(VitOutput output) {
    int side = SHAPE.imageSize();
    byte[] samples = new byte[3 * side * side];
    new Random(1).nextBytes(samples);
    float[] table = new float[3 * 256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (i % 256 - 128) / 64f;
    }
    int[] shape = {3, side, side};
    ImageInput image =
        new ImageInput(
            new PixelValues(samples, shape, side * side, new SampleTable(table)),
            SHAPE.patches(),
            ImageSize.square(side));
    List<float[]> seen = new ArrayList<>();
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, "cpu")) {
      ModelWeights weights = ModelWeights.of(CHECKPOINT, files).module(TOWER);
      TowerStream stream =
          VitTower.open(SHAPE, weights, output, ModelOptions.whole(ComputeType.FLOAT32, "cpu"))
              .startWhole(
                  scope,
                  new PassNumbers(files, scope),
                  List.of(image),
                  (owner, patches, images) -> {
                    seen.add(MappedWeights.toFloats(patches));
                    return ImageFeatures.of(patches);
                  });
      for (int layer = 0; layer < SHAPE.layers(); layer++) {
        stream.layer(scope, Map.of());
      }
      stream.features(scope);
    }
    return seen.get(0);
  }
}
