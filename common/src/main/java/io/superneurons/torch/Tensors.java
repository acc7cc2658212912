package io.superneurons.torch;

import java.util.List;

/** Operations on tensors that need no weights. */
public final class Tensors {
  private static final Script SCRIPT = Script.compile(Tensors.class, "tensors.py");

  private Tensors() {}

  /**
   * Puts tensors one after another.
   *
   * @param parts [a, width], [b, width], ...; at least one
   * @return [a + b + ..., width]
   */
  public static Tensor join(TensorScope scope, List<Tensor> parts) {
    return SCRIPT.tensor(scope, "join", parts);
  }

  /**
   * The last row.
   *
   * @param rows [n, width], n at least 1
   * @return [1, width]
   */
  public static Tensor lastRow(TensorScope scope, Tensor rows) {
    return SCRIPT.tensor(scope, "last_row", rows);
  }

  /**
   * Some of the rows.
   *
   * @param rows [n, ...]
   * @param indices which, int64 [m]
   * @return [m, ...]
   */
  public static Tensor rows(TensorScope scope, Tensor rows, Tensor indices) {
    return SCRIPT.tensor(scope, "rows", rows, indices);
  }
}
