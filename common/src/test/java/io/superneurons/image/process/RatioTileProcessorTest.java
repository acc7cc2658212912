package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grids of tiles, beside {@code get_optimal_tiled_canvas} of transformers 5.23. */
class RatioTileProcessorTest {
  @ParameterizedTest
  @CsvSource({
    "24, 24, 24, 4, 1, 1",
    "24, 24, 448, 4, 1, 1",
    "24, 24, 24, 12, 1, 1",
    "24, 24, 448, 12, 1, 1",
    "40, 60, 24, 4, 2, 2",
    "40, 60, 448, 4, 1, 1",
    "40, 60, 24, 12, 2, 3",
    "40, 60, 448, 12, 2, 3",
    "64, 24, 24, 4, 3, 1",
    "64, 24, 448, 4, 3, 1",
    "64, 24, 24, 12, 5, 2",
    "64, 24, 448, 12, 5, 2",
    "100, 700, 24, 4, 1, 4",
    "100, 700, 448, 4, 1, 4",
    "100, 700, 24, 12, 1, 7",
    "100, 700, 448, 12, 1, 7",
    "448, 448, 24, 4, 2, 2",
    "448, 448, 448, 4, 1, 1",
    "448, 448, 24, 12, 3, 3",
    "448, 448, 448, 12, 1, 1",
    "300, 400, 24, 4, 2, 2",
    "300, 400, 448, 4, 1, 1",
    "300, 400, 24, 12, 3, 4",
    "300, 400, 448, 12, 3, 4",
    "333, 1000, 24, 4, 1, 3",
    "333, 1000, 448, 4, 1, 3",
    "333, 1000, 24, 12, 2, 6",
    "333, 1000, 448, 12, 1, 3",
    "1000, 1000, 24, 4, 2, 2",
    "1000, 1000, 448, 4, 2, 2",
    "1000, 1000, 24, 12, 3, 3",
    "1000, 1000, 448, 12, 3, 3",
    "20, 21, 24, 4, 1, 1",
    "20, 21, 448, 4, 1, 1",
    "20, 21, 24, 12, 1, 1",
    "20, 21, 448, 12, 1, 1"
  })
  void theGridIsThatOfTransformers(
      int height, int width, int tile, int most, int rows, int columns) {
    TiledImage.Grid grid = processor(tile, 1, most).grid(new ImageSize(height, width));
    boolean one = rows * columns == 1;
    assertEquals(one ? new TiledImage.Grid(0, 0) : new TiledImage.Grid(rows, columns), grid);
  }

  @Test
  void aGridOfNoTilesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> processor(24, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> processor(24, 5, 4));
  }

  private static RatioTileProcessor processor(int tile, int fewest, int most) {
    ImageProcessorSettings settings = ImageProcessorSettings.clip().build();
    return new RatioTileProcessor(
        ImageSize.square(tile),
        new TileRange(fewest, most),
        settings.resizer(),
        settings.scaling());
  }
}
