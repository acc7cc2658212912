package io.superneurons.model;

import java.util.Arrays;

/**
 * One row as the decoder sees it: its image's placeholder expanded to as many tokens as the image
 * has features.
 *
 * @param image which image of the batch the row asks about, from 0
 * @param ids token ids [tokens]
 * @param features for each token the image's feature that stands there, or -1 for text [tokens]
 * @param positions rotary positions [tokens]
 */
record Sequence(int image, long[] ids, int[] features, long[] positions) {
  Sequence {
    if (ids.length == 0 || features.length != ids.length || positions.length != ids.length) {
      throw new IllegalArgumentException("ids, features and positions must have equal lengths");
    }
  }

  /** A row of text and image tokens at positions 0, 1, 2, ... */
  static Sequence inOrder(int image, long[] ids, int[] features) {
    long[] positions = new long[ids.length];
    Arrays.setAll(positions, i -> i);
    return new Sequence(image, ids, features, positions);
  }

  int length() {
    return ids.length;
  }

  /** Leading tokens that are the same in both rows, image features and positions included. */
  int commonPrefix(Sequence other) {
    if (other.image != image) {
      return 0;
    }
    int ids = Arrays.mismatch(this.ids, other.ids);
    int features = Arrays.mismatch(this.features, other.features);
    int positions = Arrays.mismatch(this.positions, other.positions);
    int shortest = Math.min(length(), other.length());
    return Math.min(
        orAll(ids, shortest), Math.min(orAll(features, shortest), orAll(positions, shortest)));
  }

  private static int orAll(int mismatch, int length) {
    return mismatch < 0 ? length : mismatch;
  }
}
