package io.superneurons.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.image.codec.Orientation;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.PixelScaling;
import io.superneurons.image.process.Tiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageOpsTest {
  private static final RgbColor GREY = new RgbColor(9, 9, 9);

  /** One grey sample a pixel, for legible expectations. */
  private static RgbImage of(int height, int width, int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void cropTakesAPart() {
    RgbImage image = of(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertEquals(of(2, 1, 6, 9), ImageOps.crop(image, 1, 2, new ImageSize(2, 1)));
  }

  @Test
  void cropOutsideIsRefused() {
    RgbImage image = of(2, 2, 1, 2, 3, 4);
    ImageSize size = new ImageSize(2, 1);
    assertThrows(IllegalArgumentException.class, () -> ImageOps.crop(image, 1, 0, size));
    assertThrows(IllegalArgumentException.class, () -> ImageOps.crop(image, 0, -1, size));
  }

  @Test
  void centerCropCutsTheOddPixelOffRightAndBelow() {
    RgbImage image = of(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(of(1, 3, 1, 2, 3), ImageOps.centerCrop(image, new ImageSize(1, 3)));
  }

  @Test
  void centerCropOfASmallImageAddsTheOddPixelRightAndBelow() {
    RgbImage image = of(1, 1, 5);
    assertEquals(of(2, 2, 5, 0, 0, 0), ImageOps.centerCrop(image, ImageSize.square(2)));
  }

  @Test
  void centerCropPadsOneSideAndCutsTheOther() {
    RgbImage image = of(1, 4, 1, 2, 3, 4);
    assertEquals(of(3, 2, 0, 0, 2, 3, 0, 0), ImageOps.centerCrop(image, new ImageSize(3, 2)));
  }

  @Test
  void placeOutsideTheCanvasIsRefused() {
    RgbImage image = of(1, 2, 1, 2);
    ImageSize canvas = ImageSize.square(2);
    assertThrows(IllegalArgumentException.class, () -> ImageOps.place(image, canvas, 0, 1, GREY));
  }

  @Test
  void tilesAreCutRowByRow() {
    RgbImage image = of(2, 3, 1, 2, 3, 4, 5, 6);
    List<RgbImage> tiles = Tiles.cut(image, new ImageSize(1, 2));
    assertEquals(List.of(of(1, 2, 1, 2), of(1, 1, 3), of(1, 2, 4, 5), of(1, 1, 6)), tiles);
  }

  @Test
  void tilesOfDifferentSizesCannotBeStacked() {
    PixelScaling scaling = ImageProcessorSettings.siglip().build().scaling();
    List<RgbImage> tiles = List.of(of(1, 2, 1, 2), of(1, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> Tiles.stack(tiles, scaling));
    assertThrows(IllegalArgumentException.class, () -> Tiles.stack(List.of(), scaling));
  }

  @Test
  void orientationsTurnAsExifSays() {
    RgbImage image = of(2, 3, 1, 2, 3, 4, 5, 6);
    assertEquals(image, Orientation.ofTag(1).apply(image));
    assertEquals(of(2, 3, 3, 2, 1, 6, 5, 4), Orientation.ofTag(2).apply(image));
    assertEquals(of(2, 3, 6, 5, 4, 3, 2, 1), Orientation.ofTag(3).apply(image));
    assertEquals(of(2, 3, 4, 5, 6, 1, 2, 3), Orientation.ofTag(4).apply(image));
    assertEquals(of(3, 2, 1, 4, 2, 5, 3, 6), Orientation.ofTag(5).apply(image));
    assertEquals(of(3, 2, 4, 1, 5, 2, 6, 3), Orientation.ofTag(6).apply(image));
    assertEquals(of(3, 2, 6, 3, 5, 2, 4, 1), Orientation.ofTag(7).apply(image));
    assertEquals(of(3, 2, 3, 6, 2, 5, 1, 4), Orientation.ofTag(8).apply(image));
    assertEquals(image, Orientation.ofTag(0).apply(image));
    assertEquals(image, Orientation.ofTag(9).apply(image));
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
    assertArrayEquals(new float[] {0, 255, 51, 204, 102, 1}, values.data());
  }
}
