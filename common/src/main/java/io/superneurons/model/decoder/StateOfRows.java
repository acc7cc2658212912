package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;

/**
 * What a gated delta net keeps of each row, whatever the row's length.
 *
 * @param ends what its convolution needs of the last tokens [rows, kernel - 1, channels]
 * @param states after the last token [rows, value heads, key dim, value dim]
 */
public record StateOfRows(Tensor ends, Tensor states) implements Past {

  @Override
  public StateOfRows only(TensorScope scope, Tensor rows, Tensor tokens) {
    try (this) {
      return new StateOfRows(Tensors.rows(scope, ends, rows), Tensors.rows(scope, states, rows));
    }
  }

  /** Frees both now. */
  @Override
  public void close() {
    ends.close();
    states.close();
  }
}
