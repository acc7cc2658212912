package io.superneurons.image.process;

import java.util.function.DoubleUnaryOperator;

/**
 * How a resized pixel is made of those around it. Formulas and supports of Pillow 13's {@code
 * src/libImaging/Resample.c}.
 */
public enum Filter {
  /** The one pixel under the centre; no antialiasing. */
  NEAREST(0, 0, x -> 0),
  /** Windowed sinc of three lobes. */
  LANCZOS(1, 3, Filter::lanczos),
  /** A triangle. */
  BILINEAR(2, 1, Filter::triangle),
  /** Keys's cubic with a = -0.5. */
  BICUBIC(3, 2, Filter::cubic);

  private final int code;
  private final double support;
  private final DoubleUnaryOperator kernel;

  Filter(int code, double support, DoubleUnaryOperator kernel) {
    this.code = code;
    this.support = support;
    this.kernel = kernel;
  }

  /**
   * The filter of a number of Pillow's {@code PIL.Image.Resampling}, as Hugging Face's {@code
   * "resample": 3} writes it.
   *
   * @throws IllegalArgumentException if it is none of 0 nearest, 1 Lanczos, 2 bilinear, 3 bicubic
   */
  public static Filter ofPillow(int code) {
    for (Filter filter : values()) {
      if (filter.code == code) {
        return filter;
      }
    }
    throw new IllegalArgumentException(
        "No resampling filter has number "
            + code
            + "; numbers: 0 nearest, 1 lanczos, 2 bilinear, 3 bicubic");
  }

  /** How far from the centre a source pixel still counts, in source pixels, without scaling. */
  double support() {
    return support;
  }

  /** The weight, not normalised, of a source pixel at that signed distance from the centre. */
  double weight(double distance) {
    return kernel.applyAsDouble(distance);
  }

  private static double triangle(double signed) {
    double x = Math.abs(signed);
    return x < 1 ? 1 - x : 0;
  }

  private static double cubic(double signed) {
    double a = -0.5;
    double x = Math.abs(signed);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double lanczos(double x) {
    return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = x * Math.PI;
    return Math.sin(angle) / angle;
  }
}
