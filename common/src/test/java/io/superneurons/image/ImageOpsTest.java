package io.superneurons.image;

import static io.superneurons.image.Fixtures.grey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ImageOpsTest {
  private static final RgbColor GREY = new RgbColor(9, 9, 9);

  @Test
  void cropTakesAPart() {
    RgbImage image = grey(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertEquals(grey(2, 1, 6, 9), ImageOps.crop(image, 1, 2, new ImageSize(2, 1)));
  }

  @Test
  void cropOutsideIsRefused() {
    RgbImage image = grey(2, 2, 1, 2, 3, 4);
    ImageSize size = new ImageSize(2, 1);
    assertThrows(IllegalArgumentException.class, () -> ImageOps.crop(image, 1, 0, size));
    assertThrows(IllegalArgumentException.class, () -> ImageOps.crop(image, 0, -1, size));
  }

  @Test
  void centerCropCutsTheOddPixelOffRightAndBelow() {
    RgbImage image = grey(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(grey(1, 3, 1, 2, 3), ImageOps.centerCrop(image, new ImageSize(1, 3)));
  }

  @Test
  void centerCropOfASmallImageAddsTheOddPixelRightAndBelow() {
    RgbImage image = grey(1, 1, 5);
    assertEquals(grey(2, 2, 5, 0, 0, 0), ImageOps.centerCrop(image, ImageSize.square(2)));
  }

  @Test
  void centerCropPadsOneSideAndCutsTheOther() {
    RgbImage image = grey(1, 4, 1, 2, 3, 4);
    assertEquals(grey(3, 2, 0, 0, 2, 3, 0, 0), ImageOps.centerCrop(image, new ImageSize(3, 2)));
  }

  @Test
  void placeOutsideTheCanvasIsRefused() {
    RgbImage image = grey(1, 2, 1, 2);
    ImageSize canvas = ImageSize.square(2);
    assertThrows(IllegalArgumentException.class, () -> ImageOps.place(image, canvas, 0, 1, GREY));
  }
}
