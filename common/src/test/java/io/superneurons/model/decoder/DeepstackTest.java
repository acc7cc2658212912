package io.superneurons.model.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.Fixture;
import io.superneurons.model.TestDevice;
import io.superneurons.model.family.Families;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.TowerPass;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.Depth;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Qwen3-VL's features for the decoder's first layers, where an early exit does not need all. */
class DeepstackTest {
  private static final Fixture FIXTURE = Fixture.bundled("qwen3_vl-hub"); // two mergers

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2"})
  void anExitRunsOnlyTheMergersThatItsLayersRead(int exitLayer, int expected) {
    assertEquals(expected, mergersRun(Depth.upTo(exitLayer)));
  }

  @Test
  void theWholeModelRunsAllOfThem() {
    assertEquals(2, mergersRun(Depth.full()));
  }

  private static int mergersRun(Depth depth) {
    Checkpoint checkpoint = FIXTURE.checkpoint();
    try (MappedWeights files = new MappedWeights(TorchType.FLOAT32, TestDevice.NAME);
        TensorScope scope = new TensorScope()) {
      Vision vision =
          Families.of(checkpoint)
              .openVision(checkpoint, files, TestDevice.exact().withDepth(depth));
      ImageInput image = vision.prepare(Fixture.decode(FIXTURE.cases().get(0).image()));
      return new TowerPass(vision, scope, new PassNumbers(files, scope), List.of(image))
          .features(scope)
          .perLayer()
          .size();
    }
  }
}
