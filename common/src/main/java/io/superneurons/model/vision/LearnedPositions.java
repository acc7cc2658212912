package io.superneurons.model.vision;

import java.util.List;

/** How a {@link PatchTower} finds the learned positions of an image's patches in a table. */
public sealed interface LearnedPositions permits PositionGrid, AxisPositions {
  /**
   * Which rows of the table a patch's position is made of, and how much of each.
   *
   * @param count rows of one patch
   * @param rows of the table [count, patches]
   * @param shares of each [count, patches]
   */
  record Taps(int count, long[] rows, float[] shares) {}

  /** Rows of the table. */
  long rows();

  /**
   * Of patches.
   *
   * @param merge side of a block, in patches
   */
  Taps taps(List<PatchLayout.Patch> patches, int merge);
}
