package io.superneurons.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the records of the package refuse. */
class ImageValuesTest {
  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  @Test
  void imageOfTheWrongLength() {
    String message = refusal(() -> new RgbImage(2, 2, new byte[11]));
    assertEquals("An RGB image of 2 x 2 pixels has 12 bytes, got 11", message);
    refusal(() -> new RgbImage(0, 2, new byte[0]));
  }

  @Test
  void pixelValuesOfTheWrongShape() {
    String message = refusal(() -> new PixelValues(new float[5], new int[] {3, 2}));
    assertTrue(message.contains("[3, 2]"), message);
    refusal(() -> new PixelValues(new float[0], new int[] {0}));
    refusal(() -> new PixelValues(new float[1], new int[0]));
  }

  @Test
  void sizesColorsAndLimits() {
    refusal(() -> new ImageSize(0, 1));
    refusal(() -> new RgbColor(0, 256, 0));
    refusal(() -> new RgbColor(-1, 0, 0));
    refusal(() -> new ImageLimits(0));
  }
}
