package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes by whole blocks, as transformers' own functions give them. */
class BlockRulesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 100000, 48, 70, 48, 3360",
    "5000, 1, 48, 70, 3360, 48",
    "480, 640, 48, 280, 672, 912",
    "640, 480, 48, 70, 432, 336",
    "1, 1, 48, 280, 768, 768",
    "37, 1000, 48, 70, 48, 2064",
    "4000, 31, 48, 280, 9120, 48",
    "48, 3360, 48, 70, 48, 3360",
    "333, 777, 12, 1120, 252, 612",
    "20, 10000, 48, 70, 48, 3360"
  })
  void squaresOfGemma4(int height, int width, int side, int squares, int newHeight, int newWidth) {
    ImageSize target = new ResizeRule.Squares(side, squares).target(new ImageSize(height, width));
    assertEquals(new ImageSize(newHeight, newWidth), target);
  }

  @Test
  void nothingIsLeftOfAnImageThatIsTooNarrowForEdges() {
    ResizeRule rule = new ResizeRule.WithinEdges(28, ImageSize.square(300));
    ImageSize narrow = new ImageSize(1, 1000);
    assertThrows(ImageException.class, () -> rule.target(narrow));
  }

  @ParameterizedTest
  @CsvSource({
    "480, 640, 28, 1540, 504, 644",
    "3000, 2000, 28, 1540, 1540, 1036",
    "1, 1, 28, 1540, 28, 28",
    "1540, 1541, 28, 1540, 1540, 1540",
    "29, 28, 28, 1540, 56, 28",
    "700, 5, 14, 300, 308, 14",
    "1025, 333, 16, 1024, 1024, 336"
  })
  void edgesOfPixtral(int height, int width, int side, int most, int newHeight, int newWidth) {
    ImageSize target =
        new ResizeRule.WithinEdges(side, ImageSize.square(most))
            .target(new ImageSize(height, width));
    assertEquals(new ImageSize(newHeight, newWidth), target);
  }
}
