package io.superneurons.model;

import io.superneurons.torch.Script;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import java.util.stream.Stream;

/** Compiles scripts together with the blocks that towers, projectors and decoders share. */
final class Blocks {
  private static final String BLOCKS = "blocks.py";
  private static final String LINEAR = hasOneDnn() ? "linear_onednn.py" : "linear.py";

  private Blocks() {}

  /** The scripts beside this class, which may call what the blocks define. */
  static Script compile(String... resources) {
    return Script.compile(
        Blocks.class,
        Stream.concat(Stream.of(BLOCKS, LINEAR), Stream.of(resources)).toArray(String[]::new));
  }

  /**
   * Whether this build of libtorch has oneDNN, and oneDNN multiplies bfloat16 on this processor.
   */
  private static boolean hasOneDnn() {
    try (TensorScope scope = new TensorScope()) {
      Script.compile(Blocks.class, "linear_onednn.py").tensor(scope, "probe");
      return true;
    } catch (TorchException e) {
      return false;
    }
  }
}
