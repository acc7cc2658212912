package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How near a vector is to the one that it should be. */
public final class Closeness {
  private Closeness() {}

  /**
   * Asserts that every value is near its expected one.
   *
   * @param tolerance of the largest absolute value that is expected
   */
  public static void assertClose(
      float[] expected, float[] actual, double tolerance, String description) {
    assertEquals(expected.length, actual.length, description);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest, description + " value " + i);
    }
  }

  /** The cosine of the angle between two vectors. */
  public static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
