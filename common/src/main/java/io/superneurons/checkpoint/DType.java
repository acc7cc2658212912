package io.superneurons.checkpoint;

/**
 * Element types of safetensors files. Weights are of the first three; the others may stand in a
 * file (such as a buffer of positions) as long as no model asks for them.
 */
public enum DType {
  FLOAT32("F32", 4),
  BFLOAT16("BF16", 2),
  FLOAT16("F16", 2),
  FLOAT64("F64", 8),
  INT64("I64", 8),
  INT32("I32", 4),
  INT16("I16", 2),
  INT8("I8", 1),
  UINT64("U64", 8),
  UINT32("U32", 4),
  UINT16("U16", 2),
  UINT8("U8", 1),
  BOOL("BOOL", 1),
  FLOAT8_E4M3("F8_E4M3", 1),
  FLOAT8_E5M2("F8_E5M2", 1),
  /** A type that this version does not know; the number of its bytes cannot be checked. */
  OTHER("other", 0);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** The name in a safetensors header, such as {@code BF16}. */
  public String label() {
    return label;
  }

  /** Bytes of one element; 0 for {@link #OTHER}. */
  public int bytes() {
    return bytes;
  }

  /** Whether the engine computes with weights of this type. */
  boolean isWeight() {
    return this == FLOAT32 || this == BFLOAT16 || this == FLOAT16;
  }

  /** Whether a matrix of this type is computed with, given its scales. */
  boolean isScaled() {
    return this == FLOAT8_E4M3 || this == INT8;
  }

  /** Whether integers of fewer bits may be packed into those of this type. */
  boolean isPacked() {
    return this == INT32;
  }

  /** The type of that name in a safetensors header, {@link #OTHER} if it is not known. */
  static DType of(String label) {
    for (DType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    return OTHER;
  }
}
