package io.superneurons.model.vision;

import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Locale;

/**
 * Learned positions of a square grid, interpolated bilinearly to an image's own grid of patches,
 * corners on corners (transformers' get_vision_interpolation_indices_and_weights in
 * vision_utils.py, with the same float32 arithmetic).
 *
 * @param side of the learned grid
 */
public record PositionGrid(int side) implements LearnedPositions {
  /** Learned positions that a patch's own is made of. */
  private static final int TAPS = 4;

  /**
   * The grid of so many learned positions.
   *
   * @throws ModelException if their number is not a square
   */
  public static PositionGrid of(int positions) {
    int side = (int) Math.round(Math.sqrt(positions));
    if (side < 1 || side * side != positions) {
      throw new ModelException(
          String.format(
              Locale.ROOT, "vision_config: num_position_embeddings %d is not a square", positions));
    }
    return new PositionGrid(side);
  }

  @Override
  public long rows() {
    return (long) side * side;
  }

  @Override
  public Taps taps(List<PatchLayout.Patch> patches, int merge) {
    int count = patches.size();
    Taps taps = new Taps(TAPS, new long[TAPS * count], new float[TAPS * count]);
    for (int i = 0; i < count; i++) {
      PatchLayout.Patch patch = patches.get(i);
      Axis row = axis(patch.row(), patch.grid().rows() * merge);
      Axis column = axis(patch.column(), patch.grid().columns() * merge);
      for (int tap = 0; tap < TAPS; tap++) {
        taps.rows()[tap * count + i] = (long) row.tap(tap / 2) * side + column.tap(tap % 2);
        taps.shares()[tap * count + i] = row.share(tap / 2) * column.share(tap % 2);
      }
    }
    return taps;
  }

  private Axis axis(int index, int size) {
    float source = (float) index * (side - 1) / Math.max(size - 1, 1);
    int first = (int) Math.floor(source);
    return new Axis(first, Math.min(first + 1, side - 1), source - first);
  }

  /** Two neighbours on one axis, and the share of the second. */
  private record Axis(int first, int second, float distance) {
    int tap(int i) {
      return i == 0 ? first : second;
    }

    float share(int i) {
      return i == 0 ? 1 - distance : 1 - Math.abs(distance - 1);
    }
  }
}
