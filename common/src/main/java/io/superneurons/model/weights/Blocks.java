package io.superneurons.model.weights;

import io.superneurons.torch.Script;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import java.util.List;
import java.util.stream.Stream;

/** Compiles scripts together with the blocks that towers, projectors and decoders share. */
public final class Blocks {
  private static final String PACKED = "/io/superneurons/torch/packed.py";
  private static final String INNER_PRODUCT = "inner_product.py";
  private static final String FOLDER = "/" + Blocks.class.getPackageName().replace('.', '/') + "/";

  /** Absolute names, since another class is the owner of what is compiled with them. */
  private static final List<String> SHARED =
      Stream.concat(
              Stream.of(PACKED),
              (hasInnerProduct()
                      ? Stream.of("blocks.py", Int8.SOURCE, INNER_PRODUCT, "linear_onednn.py")
                      : Stream.of("blocks.py", Int8.SOURCE, "linear.py"))
                  .map(FOLDER::concat))
          .toList();

  private Blocks() {}

  /**
   * Compiles scripts that may call what the blocks define.
   *
   * @param owner the class beside which the scripts are
   * @param resources file names of the scripts, without the blocks
   * @throws TorchException if libtorch does not accept the source; its message has the line
   */
  public static Script compile(Class<?> owner, String... resources) {
    return Script.compile(
        owner, Stream.concat(SHARED.stream(), Stream.of(resources)).toArray(String[]::new));
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
