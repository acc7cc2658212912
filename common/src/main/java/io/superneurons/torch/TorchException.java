package io.superneurons.torch;

import java.util.List;

/** libtorch refused an operation; the message is libtorch's own. */
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

  /** Before it, the interpreter of scripts tells the lines that led to the operation. */
  private static final String REASON = "\nRuntimeError: ";

  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }

  public TorchException(String message) {
    super(message);
  }

  /**
   * A function of a script failed.
   *
   * @param e libtorch's error; the cause, so that a log has the line of the script
   */
  static TorchException of(String function, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int reason = message.lastIndexOf(REASON);
    String told = reason < 0 ? message : message.substring(reason + REASON.length());
    return new TorchException(function + ": " + told.strip(), e);
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
