package io.superneurons.model.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.Resampler;
import io.superneurons.image.process.Resizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** libtorch's resizing against that in Java, which is tested against torchvision and Pillow. */
class TorchResizerTest {
  private static RgbImage noise(ImageSize size, Random random) {
    byte[] rgb = new byte[size.height() * size.width() * RgbImage.CHANNELS];
    random.nextBytes(rgb);
    for (int i = 0; i < rgb.length / 3; i++) { // saturated samples, whose sums leave 0 to 255
      rgb[random.nextInt(rgb.length)] = (byte) (random.nextBoolean() ? 0 : 255);
    }
    return new RgbImage(size.width(), size.height(), rgb);
  }

  /** One pixel in every eighth case, since all its weights fall on an edge. */
  private static int side(Random random, int most) {
    return random.nextInt(8) == 0 ? 1 : 1 + random.nextInt(most);
  }

  private static void requireEqual(Filter filter, RgbImage image, ImageSize size) {
    assertEquals(
        Resampler.torchvision(filter).resize(image, size),
        TorchResizer.of(filter).resize(image, size),
        () -> filter + " from " + image.size() + " to " + size);
  }

  @ParameterizedTest
  @EnumSource(names = {"BILINEAR", "BICUBIC"})
  void everySampleIsEqual(Filter filter) {
    Random random = new Random(filter.ordinal());
    for (int i = 0; i < 250; i++) {
      RgbImage image = noise(new ImageSize(side(random, 90), side(random, 90)), random);
      requireEqual(filter, image, new ImageSize(side(random, 120), side(random, 120)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BILINEAR", "BICUBIC"})
  void sizesOfPhotosAndTowers(Filter filter) {
    Random random = new Random(3);
    RgbImage photo = noise(new ImageSize(480, 640), random);
    for (ImageSize size :
        List.of(
            new ImageSize(336, 448),
            new ImageSize(384, 384),
            new ImageSize(448, 616),
            new ImageSize(960, 700),
            new ImageSize(3, 640),
            new ImageSize(480, 5))) {
      requireEqual(filter, photo, size);
    }
    requireEqual(filter, noise(new ImageSize(2, 3001), random), new ImageSize(40, 7));
    requireEqual(filter, noise(new ImageSize(3001, 1), random), new ImageSize(2, 33));
  }

  @Test
  void sameSizeGivesTheImageItself() {
    RgbImage image = Fixtures.numbered(5, 4);
    assertSame(image, TorchResizer.of(Filter.BICUBIC).resize(image, image.size()));
  }

  @ParameterizedTest
  @EnumSource(names = {"NEAREST", "LANCZOS"})
  void otherFiltersAreJavas(Filter filter) {
    Resizer resizer = TorchResizer.of(filter);
    assertInstanceOf(Resampler.class, resizer);
  }
}
