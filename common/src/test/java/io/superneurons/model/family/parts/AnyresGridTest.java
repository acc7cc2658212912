package io.superneurons.model.family.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.ImageSize;
import io.superneurons.image.process.AnyResImageProcessor;
import io.superneurons.model.weights.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnyresGridTest {
  private static final int TILE = 384;
  private static final int SIDE = 27;

  /** As {@code _get_number_of_features} of transformers' processing_llava_onevision.py says. */
  @ParameterizedTest
  @CsvSource({
    "480, 640, 9, 2929",
    "640, 480, 9, 2943",
    "1080, 1920, 9, 7269",
    "100, 3000, 9, 1544",
    "3000, 100, 9, 1701",
    "1, 1, 9, 1485",
    "384, 384, 9, 1485",
    "224, 224, 2, 1485",
    "1333, 2000, 4, 3677",
    "2304, 2304, 9, 7371",
    "37, 4000, 9, 892",
    "500, 375, 9, 1737",
  })
  void hasAsManyFeaturesAsTransformersSays(int height, int width, int mostTiles, int features) {
    ImageSize image = new ImageSize(height, width);
    ImageSize best = AnyResImageProcessor.bestResolution(image, pinpoints());
    ImageSize tiles = new ImageSize(best.height() / TILE, best.width() / TILE);
    assertEquals(features, AnyresGrid.of(image, tiles, SIDE, mostTiles).features());
  }

  @Test
  void refusesAnImageOfWhichNothingWouldBeLeft() {
    ImageSize image = new ImageSize(1, 1000);
    ImageSize tiles = new ImageSize(1, 36);
    assertThrows(ModelException.class, () -> AnyresGrid.of(image, tiles, 2, 9));
  }

  /** The published configuration's: 1 to 6 tiles of 384 pixels each way. */
  private static List<ImageSize> pinpoints() {
    List<ImageSize> sizes = new ArrayList<>();
    for (int rows = 1; rows <= 6; rows++) {
      for (int columns = 1; columns <= 6; columns++) {
        sizes.add(new ImageSize(rows * TILE, columns * TILE));
      }
    }
    return sizes;
  }
}
