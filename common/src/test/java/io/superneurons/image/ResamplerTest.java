package io.superneurons.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  static List<String[]> resized() {
    List<String[]> rows = Fixtures.rows("resize.csv");
    assertTrue(rows.size() > 100);
    return rows;
  }

  @ParameterizedTest(name = "{0} {1} {2} x {3}")
  @MethodSource("resized")
  void everySampleEqualsPillows(
      String source, String filter, String width, String height, String crc) {
    RgbImage image = Fixtures.image("resize/" + source + ".png");
    RgbImage result =
        Resampler.resize(
            image, Integer.parseInt(width), Integer.parseInt(height), Filter.valueOf(filter));
    assertEquals(new ImageSize(Integer.parseInt(height), Integer.parseInt(width)), result.size());
    CRC32 checksum = new CRC32();
    checksum.update(result.rgb());
    assertEquals(Long.parseLong(crc), checksum.getValue());
  }

  @Test
  void sameSizeGivesTheImageItself() {
    RgbImage image = Fixtures.numbered(5, 4);
    assertSame(image, Resampler.resize(image, 4, 5, Filter.BICUBIC));
  }

  @Test
  void oneColorStaysThatColorWhateverTheFilter() {
    RgbImage image = RgbImage.filled(new ImageSize(31, 17), new RgbColor(255, 1, 128));
    for (Filter filter : Filter.values()) {
      RgbImage result = Resampler.resize(image, 50, 9, filter);
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

  @Test
  void sizesMustBePositive() {
    RgbImage image = Fixtures.numbered(2, 2);
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.resize(image, 0, 2, Filter.BICUBIC));
  }
}
