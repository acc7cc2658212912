package io.superneurons.jobs.select.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSplitTest {
  /** By {@code int(hashlib.sha256(b"7:a.png").hexdigest()[:8], 16) * 100 >> 32}. */
  private static final int A_PNG = 84;

  @Test
  void sharesAreKeptAndNoSetOfNothing() {
    ImageSplit split = ImageSplit.of("60/0/40", 1);
    int[] counts = new int[3];
    IntStream.range(0, 10_000).forEach(i -> counts[split.set("image " + i)]++);
    assertEquals(6_000, counts[0], 150);
    assertEquals(0, counts[1]);
    assertEquals(4_000, counts[2], 150);
  }

  @Test
  void anImageIsDealtByTheStartOfItsHash() {
    assertEquals(0, ImageSplit.of(A_PNG + 1 + "/0/" + (99 - A_PNG), 7).set("a.png"));
    assertEquals(2, ImageSplit.of(A_PNG + "/0/" + (100 - A_PNG), 7).set("a.png"));
  }

  @Test
  void sharesThatMakeNoSenseAreRefused() {
    for (String text : new String[] {"60/40", "0/50/50", "60/-1/41", "a/b/c", "1/2/3/4"}) {
      assertThrows(IllegalArgumentException.class, () -> ImageSplit.of(text, 0), text);
    }
  }
}
