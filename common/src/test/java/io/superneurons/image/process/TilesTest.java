package io.superneurons.image.process;

import static io.superneurons.image.Fixtures.grey;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tiles, and the scaling of their pixels. */
class TilesTest {
  @Test
  void tilesAreCutRowByRow() {
    RgbImage image = grey(2, 3, 1, 2, 3, 4, 5, 6);
    List<RgbImage> tiles = Tiles.cut(image, new ImageSize(1, 2));
    assertEquals(List.of(grey(1, 2, 1, 2), grey(1, 1, 3), grey(1, 2, 4, 5), grey(1, 1, 6)), tiles);
  }

  @Test
  void tilesOfDifferentSizesCannotBeStacked() {
    PixelScaling scaling = ImageProcessorSettings.siglip().build().scaling();
    List<RgbImage> tiles = List.of(grey(1, 2, 1, 2), grey(1, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> Tiles.stack(tiles, scaling));
    assertThrows(IllegalArgumentException.class, () -> Tiles.stack(List.of(), scaling));
  }

  @Test
  void pixelValuesAreChannelFirst() {
    RgbImage image = new RgbImage(2, 1, new byte[] {0, 51, 102, (byte) 255, (byte) 204, 1});
    PixelValues values =
        ImageProcessorSettings.siglip()
            .noNormalize()
            .rescaleFactor(1)
            .build()
            .scaling()
            .apply(image);
    assertArrayEquals(new int[] {3, 1, 2}, values.shape());
    assertArrayEquals(new float[] {0, 255, 51, 204, 102, 1}, values.values());
  }
}
