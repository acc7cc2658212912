package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.ImageSize;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of images' size as values, and how processors take them. */
class SizeLimitsValuesTest {
  @Test
  void areWhatExtractRecorded() {
    SizeLimits pixels = SizeLimits.of(Map.of("min_pixels", 144, "max_pixels", 200_704L));
    assertEquals(SizeLimits.ofPixels(144L, 200_704L), pixels);
    assertEquals("144 to 200,704 pixels", pixels.text());
    SizeLimits tiles = SizeLimits.of(Map.of("processor", "x", "max_tiles", 4));
    assertEquals(SizeLimits.ofTiles(4), tiles);
    assertEquals("at most 4 tiles", tiles.text());
    assertEquals("at most 1 tile", SizeLimits.ofTiles(1).text());
    for (SizeLimits limits : new SizeLimits[] {pixels, tiles, SizeLimits.ofPixels(null, 9L)}) {
      assertEquals(limits, SizeLimits.of(limits.toMap()));
    }
    assertEquals(SizeLimits.OWN, SizeLimits.of(Map.of("processor", "x")));
    assertEquals("the checkpoint's own size", SizeLimits.OWN.text());
    assertEquals("at most 9 pixels", SizeLimits.ofPixels(null, 9L).text());
    assertEquals("at least 9 pixels", SizeLimits.ofPixels(9L, null).text());
  }

  @Test
  void thatCannotHoldAreRefused() {
    refused(() -> SizeLimits.ofPixels(0L, 10L));
    refused(() -> SizeLimits.ofPixels(20L, 10L));
    refused(() -> SizeLimits.ofTiles(0));
    refused(() -> new SizeLimits(null, 10L, 4L));
    refused(() -> SizeLimits.of(Map.of("max_tiles", -1)));
    refused(() -> new TileRange(3, 6).within(SizeLimits.ofTiles(2)));
    refused(() -> new SplitSettings(OptionalInt.of(0), 4, SplitSettings.Splitting.TILES));
  }

  private static void refused(Runnable made) {
    assertThrows(IllegalArgumentException.class, made::run);
  }

  @Test
  void rangesHaveTheMostThatIsAskedFor() {
    TileRange own = new TileRange(2, 12);
    assertEquals(SizeLimits.ofTiles(12), own.limits());
    assertEquals(new TileRange(2, 5), own.within(SizeLimits.ofTiles(5)));
    assertSame(own, own.within(SizeLimits.OWN));
  }

  @ParameterizedTest
  @CsvSource({
    "192, 64, 9, 192, 9",
    "192, 64, 8, 128, 4",
    "192, 64, 4, 128, 4",
    "192, 64, 3, 64, 1",
    "192, 64, 1, 64, 1",
    "2048, 512, 12, 1536, 9", // SmolVLM's
    "1456, 364, 100, 1456, 16", // fewer already
    "5000, 512, 63, 3584, 49", // no side is above 4096
    "75, 25, 15, 74, 9", // a side of 75 is made even, 76, which is a fourth tile
    "75, 25, 8, 50, 4",
    "75, 25, 1, 24, 1",
  })
  void longestEdgeIsThatOfASquareOfAsManyTiles(
      int edge, int tile, long asked, int held, long most) {
    SplitSettings own = split(edge, tile);
    SplitSettings within = own.within(SizeLimits.ofTiles(asked));
    assertEquals(OptionalInt.of(held), within.longestEdge());
    assertEquals(SizeLimits.ofTiles(most), within.limits());
    assertEquals(within, within.within(SizeLimits.ofTiles(asked)));
  }

  @Test
  void noImageHasMoreTilesThanTheLimit() {
    for (int tile : new int[] {25, 32}) {
      for (int edge = tile; edge <= 5 * tile; edge += 7) {
        SplitSettings settings = split(edge, tile);
        SplitImageProcessor processor = processor(settings);
        long reached = 0;
        for (int height = 1; height < 300; height += 3) {
          for (int width = 1; width < 300; width += 3) {
            TiledImage.Grid grid = processor.grid(new ImageSize(height, width));
            reached = Math.max(reached, Math.max(1, grid.rows() * grid.columns()));
          }
        }
        assertEquals(settings.limits(), SizeLimits.ofTiles(reached), settings.toString());
      }
    }
  }

  @Test
  void whatIsNotCutHasOneTileAndWhatIsNotResizedHasNoLimit() {
    SplitSettings whole = new SplitSettings(OptionalInt.of(128), 64, SplitSettings.Splitting.NONE);
    assertEquals(SizeLimits.ofTiles(1), whole.limits());
    assertSame(whole, whole.within(SizeLimits.ofTiles(1)));
    SplitSettings free = new SplitSettings(OptionalInt.empty(), 64, SplitSettings.Splitting.TILES);
    assertEquals(SizeLimits.OWN, free.limits());
    assertTrue(processor(free).grid(new ImageSize(640, 640)).rows() > 1);
  }

  private static SplitSettings split(int edge, int tile) {
    return new SplitSettings(OptionalInt.of(edge), tile, SplitSettings.Splitting.TILES);
  }

  private static SplitImageProcessor processor(SplitSettings settings) {
    ImageProcessorSettings pixels = ImageProcessorSettings.siglip().build();
    return new SplitImageProcessor(settings, pixels.resizer(), pixels.scaling());
  }
}
