package io.superneurons.model;

import io.superneurons.torch.Script;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import java.util.List;
import java.util.stream.Stream;

/** Compiles scripts together with the blocks that towers, projectors and decoders share. */
final class Blocks {
  private static final String INNER_PRODUCT = "inner_product.py";
  private static final List<String> SHARED =
      hasInnerProduct()
          ? List.of("blocks.py", INNER_PRODUCT, "linear_onednn.py")
          : List.of("blocks.py", "linear.py");

  private Blocks() {}

  /** The scripts beside this class, which may call what the blocks define. */
  static Script compile(String... resources) {
    return Script.compile(
        Blocks.class, Stream.concat(SHARED.stream(), Stream.of(resources)).toArray(String[]::new));
  }

  /**
   * Whether this build of libtorch has oneDNN, and oneDNN multiplies bfloat16 on this processor.
   * The probe stands alone, so that no error in the other scripts can be taken for an answer.
   */
  private static boolean hasInnerProduct() {
    try (Script script = Script.compile(Blocks.class, INNER_PRODUCT);
        TensorScope scope = new TensorScope()) {
      script.tensor(scope, "probe");
      return true;
    } catch (TorchException e) {
      return false;
    }
  }
}
