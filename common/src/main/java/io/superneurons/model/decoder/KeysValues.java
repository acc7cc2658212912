package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/**
 * Keys and values of tokens in one layer: of a batch's tokens [tokens, kv heads, head dim], or of
 * the tokens that its rows generated [rows, steps, kv heads, head dim].
 */
public record KeysValues(Tensor keys, Tensor values) implements AutoCloseable {

  /** Frees both now. */
  @Override
  public void close() {
    keys.close();
    values.close();
  }
}
