package io.superneurons.model.decoder;

import java.util.Arrays;

/**
 * One row as the decoder sees it: its image's placeholder expanded to as many tokens as the image
 * has features.
 *
 * @param image which image of the batch the row asks about, from 0
 * @param ids token ids [tokens]
 * @param features for each token the image's feature that stands there, or -1 for text [tokens]
 * @param positions rotary positions [axes, tokens]; one axis, or time, row and column
 */
public record Sequence(int image, long[] ids, int[] features, long[][] positions) {
  public Sequence {
    if (ids.length == 0 || features.length != ids.length || positions.length == 0) {
      throw new IllegalArgumentException("A row needs ids and as many features and positions");
    }
    for (long[] axis : positions) {
      if (axis.length != ids.length) {
        throw new IllegalArgumentException("ids and positions must have equal lengths");
      }
    }
  }

  /** A row of text and image tokens at positions 0, 1, 2, ... */
  public static Sequence inOrder(int image, long[] ids, int[] features) {
    long[] positions = new long[ids.length];
    Arrays.setAll(positions, i -> i);
    return new Sequence(image, ids, features, new long[][] {positions});
  }

  /** The same tokens at other positions [axes, tokens]. */
  public Sequence at(long[][] others) {
    return new Sequence(image, ids, features, others);
  }

  public int length() {
    return ids.length;
  }

  /** Leading tokens that are the same in both rows, image features and positions included. */
  int commonPrefix(Sequence other) {
    if (other.image != image) {
      return 0;
    }
    int prefix = Math.min(length(), other.length());
    prefix = firstOf(Arrays.mismatch(ids, other.ids), prefix);
    prefix = firstOf(Arrays.mismatch(features, other.features), prefix);
    for (int axis = 0; axis < positions.length; axis++) {
      prefix = firstOf(Arrays.mismatch(positions[axis], other.positions[axis]), prefix);
    }
    return prefix;
  }

  /** Position of the first token that is generated after the row, on every axis. */
  long nextPosition() {
    return Arrays.stream(positions).flatMapToLong(Arrays::stream).max().orElseThrow() + 1;
  }

  private static int firstOf(int mismatch, int prefix) {
    return mismatch < 0 ? prefix : Math.min(mismatch, prefix);
  }
}
