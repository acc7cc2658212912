package io.superneurons.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format and mode against what Pillow 13 makes of it. */
class DecodeFixturesTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  record Expected(String file, int width, int height, byte[] rgb) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Expected> all() {
    byte[] pixels = Fixtures.bytes("decode.rgb");
    List<Expected> all = new ArrayList<>();
    int at = 0;
    for (String[] row : Fixtures.rows("decode.csv")) {
      int width = Integer.parseInt(row[1]);
      int height = Integer.parseInt(row[2]);
      int end = at + width * height * 3;
      all.add(new Expected(row[0], width, height, Arrays.copyOfRange(pixels, at, end)));
      at = end;
    }
    assertEquals(pixels.length, at, "decode.rgb holds the pixels that decode.csv lists");
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void equalsPillow(Expected expected) {
    RgbImage image = decoder.decode(Fixtures.bytes("decode/" + expected.file()));
    assertEquals(new ImageSize(expected.height(), expected.width()), image.size());
    assertArrayEquals(expected.rgb(), image.rgb());
  }
}
