package io.superneurons.torch;

/** libtorch refused an operation; the message is libtorch's own, with the line of the script. */
public final class TorchException extends RuntimeException {
  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }

  public TorchException(String message) {
    super(message);
  }
}
