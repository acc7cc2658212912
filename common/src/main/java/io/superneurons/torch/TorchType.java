package io.superneurons.torch;

/** An element type of libtorch, with the code that TorchScript knows it by. */
public enum TorchType {
  /** IEEE half precision. */
  FLOAT16(5),
  /** IEEE single precision. */
  FLOAT32(6),
  /** Four bits of exponent and three of mantissa, one byte; for weights in files alone. */
  FLOAT8_E4M3(24),
  /** Integers of one byte; for weights in files alone. */
  INT8(1),
  /** Samples of images, 0 to 255. */
  UINT8(0),
  /** Integers into which others are packed; for weights in files alone. */
  INT32(3),
  /** The upper half of single precision: its range with 8 bits of precision. */
  BFLOAT16(15);

  private final int code;

  TorchType(int code) {
    this.code = code;
  }

  /** {@code c10::ScalarType}'s number, as an argument of {@code Tensor.to} in a script. */
  public long code() {
    return code;
  }
}
