package io.superneurons.model.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.model.vision.PatchLayout.Grid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which patches a tower puts together. */
class PatchLayoutTest {
  private static final PatchShape SHAPE = new PatchShape(14, 2, 2);

  @Test
  void withoutWindowsBlocksKeepTheirOrder() {
    PatchLayout layout = new PatchLayout(SHAPE, 0, List.of(new Grid(1, 2), new Grid(1, 1)));
    assertTrue(layout.inImageOrder());
    assertArrayEquals(new long[0], layout.restored());
    assertArrayEquals(
        new long[] {
          0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, // rows
          0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1 // columns
        },
        layout.positions());
    assertArrayEquals(new int[] {1, 8, 1, 4}, layout.imageGroups());
  }

  @Test
  void equalWindowsOfAnImageAreOneGroup() {
    // 2 by 2 windows of 3 rows and 5 columns of blocks: 2 whole, 1 at the right, 2 + 1 at the
    // bottom
    PatchLayout layout = new PatchLayout(SHAPE, 2, List.of(new Grid(3, 5)));
    assertArrayEquals(new int[] {2, 16, 3, 8, 1, 4}, layout.windowGroups());
    assertArrayEquals(new int[] {1, 60}, layout.imageGroups());
    assertEquals(15, layout.blocks());
    assertArrayEquals(
        new long[] {0, 1, 4, 5, 8, 2, 3, 6, 7, 9, 10, 11, 12, 13, 14}, layout.restored());
  }

  @Test
  void equalImagesAreOneGroup() {
    Grid grid = new Grid(2, 2);
    PatchLayout layout = new PatchLayout(SHAPE, 4, List.of(grid, grid, new Grid(2, 4)));
    assertArrayEquals(new int[] {2, 16, 1, 32}, layout.imageGroups());
    assertArrayEquals(new int[] {2, 16, 1, 32}, layout.windowGroups());
  }
}
