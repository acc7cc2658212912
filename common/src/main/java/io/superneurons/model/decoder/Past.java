package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;

/** What a layer keeps of the tokens that went through it, for those that are generated after. */
public sealed interface Past extends AutoCloseable permits KeysValues, StateOfRows {
  /**
   * What is left of it when rows leave; takes it over.
   *
   * @param rows those that stay [rows left], among the rows that it was made for
   * @param tokens those that stay [tokens left], among the batch's
   */
  Past only(TensorScope scope, Tensor rows, Tensor tokens);

  /** Frees it now. */
  @Override
  void close();
}
