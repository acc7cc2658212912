package io.superneurons.model.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelBatchTest {

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

  private static List<ImageInput> images(int... tiles) {
    return Arrays.stream(tiles)
        .mapToObj(n -> new PixelValues(new float[n * 3], new int[] {n, 3, 1, 1}))
        .map(pixels -> new ImageInput(pixels, 1, new ImageSize(1, 1)))
        .toList();
  }
}
