package io.superneurons.model.vision;

import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Learned positions of columns and of rows, which are added: a table [2, positions, hidden],
 * columns first (transformers' Gemma4VisionPatchEmbedder).
 *
 * @param positions of an axis
 */
public record AxisPositions(int positions) implements LearnedPositions {
  @Override
  public long rows() {
    return 2L * positions;
  }

  @Override
  public Taps taps(List<PatchLayout.Patch> patches, int merge) {
    int count = patches.size();
    long[] rows = new long[2 * count];
    for (int i = 0; i < count; i++) {
      PatchLayout.Patch patch = patches.get(i);
      if (patch.column() >= positions || patch.row() >= positions) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "An image has more patches on one side than position_embedding_size, %d",
                positions));
      }
      rows[i] = patch.column();
      rows[count + i] = (long) positions + patch.row();
    }
    float[] shares = new float[2 * count];
    Arrays.fill(shares, 1);
    return new Taps(2, rows, shares);
  }
}
