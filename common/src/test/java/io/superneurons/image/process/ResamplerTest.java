package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  static List<String[]> resized() {
    List<String[]> rows = Fixtures.rows("resize.csv");
    assertTrue(rows.size() > 100);
    return rows;
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} x {4}")
  @MethodSource("resized")
  void everySampleIsEqual(
      String source, String filter, String precision, String width, String height, String crc) {
    ImageSize size = new ImageSize(Integer.parseInt(height), Integer.parseInt(width));
    RgbImage result =
        new Resampler(Filter.valueOf(filter), Resampler.Precision.valueOf(precision))
            .resize(Fixtures.image("resize/" + source + ".png"), size);
    assertEquals(size, result.size());
    assertEquals(Long.parseLong(crc), Fixtures.crc32(result.rgb()));
  }

  @Test
  void precisionsDifferByAtMostTwoLevels() {
    RgbImage noise = Fixtures.image("resize/noise.png");
    ImageSize size = new ImageSize(50, 21);
    for (Filter filter : Filter.values()) {
      byte[] pillow = Resampler.pillow(filter).resize(noise, size).rgb();
      byte[] torchvision = Resampler.torchvision(filter).resize(noise, size).rgb();
      for (int i = 0; i < pillow.length; i++) {
        int difference = Math.abs((pillow[i] & 0xff) - (torchvision[i] & 0xff));
        assertTrue(difference <= 2, filter + " differs by " + difference);
      }
    }
  }

  @Test
  void sameSizeGivesTheImageItself() {
    RgbImage image = Fixtures.numbered(5, 4);
    assertSame(image, Resampler.pillow(Filter.BICUBIC).resize(image, image.size()));
  }

  @Test
  void oneColorStaysThatColorWhateverTheFilter() {
    RgbImage image = RgbImage.filled(new ImageSize(31, 17), new RgbColor(255, 1, 128));
    for (Filter filter : Filter.values()) {
      RgbImage result = Resampler.pillow(filter).resize(image, new ImageSize(9, 50));
      assertEquals(RgbImage.filled(new ImageSize(9, 50), new RgbColor(255, 1, 128)), result);
    }
  }

  @Test
  void filtersHavePillowsNumbers() {
    assertEquals(Filter.NEAREST, Filter.ofPillow(0));
    assertEquals(Filter.LANCZOS, Filter.ofPillow(1));
    assertEquals(Filter.BILINEAR, Filter.ofPillow(2));
    assertEquals(Filter.BICUBIC, Filter.ofPillow(3));
    var refused = assertThrows(IllegalArgumentException.class, () -> Filter.ofPillow(4));
    assertTrue(refused.getMessage().contains("3 bicubic"), refused.getMessage());
  }
}
