package io.superneurons.image.codec;

import static io.superneurons.image.Fixtures.grey;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.RgbImage;
import org.junit.jupiter.api.Test;

class OrientationTest {
  @Test
  void orientationsTurnAsExifSays() {
    RgbImage image = grey(2, 3, 1, 2, 3, 4, 5, 6);
    assertEquals(image, Orientation.ofTag(1).apply(image));
    assertEquals(grey(2, 3, 3, 2, 1, 6, 5, 4), Orientation.ofTag(2).apply(image));
    assertEquals(grey(2, 3, 6, 5, 4, 3, 2, 1), Orientation.ofTag(3).apply(image));
    assertEquals(grey(2, 3, 4, 5, 6, 1, 2, 3), Orientation.ofTag(4).apply(image));
    assertEquals(grey(3, 2, 1, 4, 2, 5, 3, 6), Orientation.ofTag(5).apply(image));
    assertEquals(grey(3, 2, 4, 1, 5, 2, 6, 3), Orientation.ofTag(6).apply(image));
    assertEquals(grey(3, 2, 6, 3, 5, 2, 4, 1), Orientation.ofTag(7).apply(image));
    assertEquals(grey(3, 2, 3, 6, 2, 5, 1, 4), Orientation.ofTag(8).apply(image));
    assertEquals(image, Orientation.ofTag(0).apply(image));
    assertEquals(image, Orientation.ofTag(9).apply(image));
  }
}
