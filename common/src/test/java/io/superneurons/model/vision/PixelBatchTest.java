package io.superneurons.model.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.SampleTable;
import io.superneurons.model.TestDevice;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelBatchTest {
  private static final SampleTable TABLE = table();

  private static SampleTable table() {
    float[] values = new float[3 * 256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 256 - 100f - i / 256) / (60 + i / 256);
    }
    return new SampleTable(values);
  }

  @Test
  void aPassTakesImagesUntilItsTilesAreFull() {
    List<Integer> counts =
        PixelBatch.parts(images(10, 6, 1, 40, 1)).stream().map(List::size).toList();
    assertEquals(List.of(2, 1, 1, 1), counts);
  }

  @Test
  void everyImageIsInOnePart() {
    List<ImageInput> images = images(3, 17, 5, 5, 5, 5);
    List<ImageInput> inParts = PixelBatch.parts(images).stream().flatMap(List::stream).toList();
    assertEquals(images, inParts);
  }

  /** Every sample of every channel. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 1, 1",
    "FLOAT32, 16, 1",
    "FLOAT32, 16, 2",
    "BFLOAT16, 1, 2",
    "FLOAT16, 256, 3"
  })
  void samplesBecomeWhatTheTableSaysBitForBit(TorchType type, int run, int frames) {
    byte[] samples = new byte[3 * 65_536];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i / run / 3 + i * (i / 65_536)); // all of 256 in each channel
    }
    PixelValues pixels = new PixelValues(samples, new int[] {samples.length}, run, TABLE);
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(type, TestDevice.NAME)) {
      float[] once = MappedWeights.toFloats(files.upload(scope, pixels.values(), samples.length));
      float[] expected = new float[frames * samples.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = once[i / (frames * run) * run + i % run];
      }
      ImageInput image = new ImageInput(pixels, 1, new ImageSize(1, 1));
      Tensor values =
          new PixelBatch(files)
              .lookedUp(
                  scope,
                  files.uploadBytes(scope, List.of(samples), samples.length),
                  List.of(image),
                  frames,
                  expected.length);
      assertArrayEquals(expected, MappedWeights.toFloats(values));
    }
  }

  private static List<ImageInput> images(int... tiles) {
    return Arrays.stream(tiles)
        .mapToObj(n -> new PixelValues(new byte[n * 3], new int[] {n, 3, 1, 1}, 1, TABLE))
        .map(pixels -> new ImageInput(pixels, 1, new ImageSize(1, 1)))
        .toList();
  }
}
