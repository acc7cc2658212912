package io.superneurons.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PixelRangeTest {
  @Test
  void isWhatExtractRecorded() {
    PixelRange range = PixelRange.of(Map.of("min_pixels", 144, "max_pixels", 200_704L));
    assertEquals(new PixelRange(144, 200_704), range);
    assertEquals("144 to 200,704 pixels", range.text());
    assertEquals(PixelRange.NONE, PixelRange.of(Map.of("processor", "x")));
    assertEquals(PixelRange.NONE, PixelRange.of(Map.of("max_pixels", 9)));
    assertEquals("no recorded size", PixelRange.NONE.text());
  }
}
