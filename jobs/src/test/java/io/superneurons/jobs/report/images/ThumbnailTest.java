package io.superneurons.jobs.report.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Small pictures keep their shape, and are what they were shrunk from. */
class ThumbnailTest {
  private static BufferedImage decoded(Thumbnail picture) throws IOException {
    String data = picture.uri().substring(picture.uri().indexOf(',') + 1);
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
  }

  @Test
  void aLargeImageIsTheMeanOfItsPixels() throws IOException {
    byte[] rgb = new byte[640 * 320 * 3];
    for (int pixel = 0; pixel < 640 * 320; pixel++) {
      rgb[3 * pixel] = (byte) (pixel % 2 == 0 ? 200 : 100); // stripes, whose mean is 150
    }
    Thumbnail picture = Thumbnail.of(new RgbImage(640, 320, rgb));
    assertEquals(160, picture.width());
    assertEquals(80, picture.height());
    BufferedImage small = decoded(picture);
    assertEquals(160, small.getWidth());
    assertEquals(150, small.getRGB(80, 40) >> 16 & 0xff, 2);
    assertEquals(0, small.getRGB(80, 40) & 0xff, 2);
  }

  @Test
  void drawingsStayAsTheyAre() throws IOException {
    RgbImage drawn = RgbImage.filled(new ImageSize(20, 10), new RgbColor(12, 34, 56));
    Thumbnail picture = Thumbnail.of(drawn);
    assertTrue(picture.uri().startsWith("data:image/png;"), picture.uri());
    assertEquals(0xff0c2238, decoded(picture).getRGB(9, 19));
  }

  @Test
  void photosTakeSomeKilobytes() {
    byte[] rgb = new byte[1000 * 700 * 3];
    new Random(1).nextBytes(rgb);
    Thumbnail picture = Thumbnail.of(new RgbImage(1000, 700, rgb));
    assertTrue(picture.uri().startsWith("data:image/jpeg;"), picture.uri().substring(0, 30));
    assertTrue(picture.uri().length() < 20_000, picture.uri().length() + " characters");
  }
}
