package io.superneurons.torch;

import java.util.List;

/** libtorch refused an operation; the message is libtorch's own, with the line of the script. */
public final class TorchException extends RuntimeException {
  /** What libtorch's allocators of a CPU and of CUDA say, and CUDA's own libraries. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "can't allocate memory",
          "not enough memory",
          "CUDA out of memory",
          "CUDA error: out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "CUDNN_STATUS_ALLOC_FAILED");

  private static final String CUDA_ERROR = "CUDA error: ";

  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }

  public TorchException(String message) {
    super(message);
  }

  /** Whether the operation needed more memory than there was; one with less data may succeed. */
  public boolean outOfMemory() {
    return getMessage() != null && OUT_OF_MEMORY.stream().anyMatch(getMessage()::contains);
  }

  /**
   * Whether the GPU failed, or the process's use of it: whatever this process asks of it from now
   * on fails too. An illegal access, a memory error and a GPU that is gone are such.
   */
  public boolean deviceFailed() {
    return getMessage() != null && getMessage().contains(CUDA_ERROR) && !outOfMemory();
  }
}
