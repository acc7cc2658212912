package io.superneurons.model.weights;

import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import io.superneurons.torch.Weights;

/** Linear layers in 8-bit integers, which {@code linear} of the scripts knows by their weight. */
final class Int8 {
  static final String SOURCE = "int8.py";

  /** What a layer is called while its matrix is packed. */
  static final String MATRIX = "matrix";

  private static final Script SCRIPT = Blocks.compile(Int8.class);

  private Int8() {}

  /**
   * Requires that this libtorch and this processor multiply 8-bit integers, and add up without
   * losses.
   *
   * @throws ModelException if not, or if the model is to run elsewhere than on the CPU
   */
  static void require(String device) {
    if (!device.equals("cpu")) {
      throw new ModelException(
          "--tower-dtype int8 is computed by CPUs alone, and the device is " + device);
    }
    if (!works()) {
      throw new ModelException(
          "--tower-dtype int8 needs a processor that multiplies 8-bit integers (AVX512-VNNI, or"
              + " AVX-VNNI), and libtorch with oneDNN; leave it away on this host");
    }
  }

  /** Whether this host computes so. */
  static boolean works() {
    return Processor.WORKS;
  }

  /**
   * Packs a linear layer's matrix [out, in].
   *
   * @param matrix of the layer {@link #MATRIX}, with its scales where it has them
   * @return the packed matrix, scales [out] and zero points [out]
   */
  static Tensor[] pack(TensorScope scope, Weights matrix) {
    try (TensorScope work = new TensorScope()) {
      Tensor whole = SCRIPT.tensor(work, "all_rows", matrix, MATRIX);
      return SCRIPT.tensors(scope, "pack_int8", whole);
    }
  }

  private static final class Processor {
    private static final boolean WORKS = probe();

    private static boolean probe() {
      try (Script script = Script.compile(Int8.class, SOURCE)) {
        for (float off : script.floats("probe_int8")) {
          if (off != 0) {
            return false;
          }
        }
        return true;
      } catch (TorchException e) {
        return false;
      }
    }
  }
}
