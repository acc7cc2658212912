package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;

/**
 * Keys and values of tokens in one layer: of a batch's tokens [tokens, kv heads, head dim], or of
 * the tokens that its rows generated [rows, steps, kv heads, head dim].
 */
public record KeysValues(Tensor keys, Tensor values) implements Past {

  @Override
  public KeysValues only(TensorScope scope, Tensor rows, Tensor tokens) {
    try (this) {
      return new KeysValues(Tensors.rows(scope, keys, tokens), Tensors.rows(scope, values, tokens));
    }
  }

  /** Frees both now. */
  @Override
  public void close() {
    keys.close();
    values.close();
  }
}
