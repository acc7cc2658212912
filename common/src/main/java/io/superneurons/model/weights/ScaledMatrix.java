package io.superneurons.model.weights;

import io.superneurons.checkpoint.TensorInfo;
import java.util.Optional;

/**
 * A matrix of few bits, or a stack of them, and what makes its weights: each number, less its
 * block's zero, times its block's scale.
 *
 * @param stored the numbers
 * @param scales one for each block
 * @param zeros one for each block, packed as the numbers are, but along the rows; of none where
 *     empty
 * @param block rows and columns that have one scale, and for packed integers their bits [2 or 3]
 */
record ScaledMatrix(
    TensorInfo stored, TensorInfo scales, Optional<TensorInfo> zeros, long[] block) {

  /** Of numbers of 8 bits. */
  static ScaledMatrix of(TensorInfo stored, TensorInfo scales, long[] block) {
    return new ScaledMatrix(stored, scales, Optional.empty(), block);
  }
}
