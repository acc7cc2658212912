package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes between both edges, beside {@code get_size_with_aspect_ratio} of transformers 5.23. */
class BothEdgesTest {
  @ParameterizedTest
  @CsvSource({
    "64, 64, 64, 80, 64, 64",
    "64, 64, 32, 33, 32, 32",
    "64, 64, 224, 448, 224, 224",
    "40, 57, 64, 80, 56, 80",
    "40, 57, 32, 33, 23, 33",
    "40, 57, 224, 448, 224, 319",
    "60, 36, 64, 80, 80, 48",
    "60, 36, 32, 33, 33, 20",
    "60, 36, 224, 448, 373, 224",
    "100, 101, 64, 80, 64, 64",
    "100, 101, 32, 33, 32, 32",
    "100, 101, 224, 448, 224, 226",
    "7, 64, 64, 80, 9, 80",
    "7, 64, 32, 33, 4, 33",
    "7, 64, 224, 448, 49, 448",
    "64, 7, 64, 80, 80, 9",
    "64, 7, 32, 33, 33, 4",
    "64, 7, 224, 448, 448, 49",
    "80, 64, 64, 80, 80, 64",
    "80, 64, 32, 33, 33, 26",
    "80, 64, 224, 448, 280, 224",
    "64, 80, 64, 80, 64, 80",
    "64, 80, 32, 33, 26, 33",
    "64, 80, 224, 448, 224, 280",
    "500, 333, 64, 80, 80, 53",
    "500, 333, 32, 33, 33, 22",
    "500, 333, 224, 448, 336, 224",
    "33, 1000, 64, 80, 3, 80",
    "33, 1000, 32, 33, 1, 33",
    "33, 1000, 224, 448, 15, 448",
    "1000, 33, 64, 80, 80, 3",
    "1000, 33, 32, 33, 33, 1",
    "1000, 33, 224, 448, 448, 15",
    "81, 64, 64, 80, 80, 63",
    "81, 64, 32, 33, 33, 26",
    "81, 64, 224, 448, 283, 224"
  })
  void theSizeIsThatOfTransformers(
      int height, int width, int shortest, int longest, int expectedHeight, int expectedWidth) {
    ImageSize target =
        new ResizeRule.BothEdges(shortest, longest).target(new ImageSize(height, width));
    assertEquals(new ImageSize(expectedHeight, expectedWidth), target);
  }

  @Test
  void anImageOfWhichNothingWouldBeLeftIsRefused() {
    ResizeRule rule = new ResizeRule.BothEdges(10, 12);
    assertThrows(ImageException.class, () -> rule.target(new ImageSize(1000, 10)));
    assertThrows(IllegalArgumentException.class, () -> new ResizeRule.BothEdges(10, 0));
  }
}
