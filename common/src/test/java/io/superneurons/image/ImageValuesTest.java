package io.superneurons.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the records of the package refuse, and what samples are worth. */
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
    SampleTable table = new SampleTable(new float[768]);
    String message = refusal(() -> new PixelValues(new byte[5], new int[] {3, 2}, 1, table));
    assertTrue(message.contains("[3, 2]"), message);
    refusal(() -> new PixelValues(new byte[0], new int[] {0}, 1, table));
    refusal(() -> new PixelValues(new byte[1], new int[0], 1, table));
    message = refusal(() -> new PixelValues(new byte[6], new int[] {3, 2}, 4, table));
    assertTrue(message.contains("runs of 4"), message);
    refusal(() -> new PixelValues(new byte[6], new int[] {3, 2}, 0, table));
    refusal(() -> new SampleTable(new float[256]));
  }

  @Test
  void aSampleIsWorthWhatTheTableOfItsChannelSays() {
    float[] table = new float[768];
    for (int i = 0; i < table.length; i++) {
      table[i] = i;
    }
    byte[] samples = {0, 1, 2, 3, 4, (byte) 255};
    int[] shape = {3, 2};
    PixelValues planes = new PixelValues(samples, shape, 2, new SampleTable(table));
    assertArrayEquals(new float[] {0, 1, 258, 259, 516, 767}, planes.values());
    PixelValues pixels = new PixelValues(samples, shape, 1, new SampleTable(table));
    assertArrayEquals(new float[] {0, 257, 514, 3, 260, 767}, pixels.values());
    assertNotEquals(planes, pixels);
    assertNotEquals(planes, planes.withShape(6));
    assertEquals(planes, planes.withShape(6).withShape(3, 2));
  }

  @Test
  void sizesColorsAndLimits() {
    refusal(() -> new ImageSize(0, 1));
    refusal(() -> new RgbColor(0, 256, 0));
    refusal(() -> new RgbColor(-1, 0, 0));
    refusal(() -> new ImageLimits(0));
  }
}
