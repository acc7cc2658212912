package io.superneurons.jobs.bench.shape;

import io.superneurons.activation.Float16;
import java.util.Locale;

/** The element type of a random checkpoint's weights. */
public enum StoredType {
  BFLOAT16("BF16"),
  FLOAT16("F16");

  private final String header;

  StoredType(String header) {
    this.header = header;
  }

  /** The name in a configuration, such as {@code bfloat16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in the header of a safetensors file. */
  String header() {
    return header;
  }

  /** The nearest value's bits, in the lower half of a number. */
  long bits(float value) {
    return switch (this) {
      case BFLOAT16 -> (Float.floatToRawIntBits(value) + 0x8000) >>> Short.SIZE;
      case FLOAT16 -> Short.toUnsignedLong(Float16.fromFloat(value));
    };
  }
}
