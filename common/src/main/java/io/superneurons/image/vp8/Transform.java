package io.superneurons.image.vp8;

/** Inverse transforms (RFC 6386, section 14), with libwebp's arithmetic. */
final class Transform {
  private static final int BLOCK = 16;

  private Transform() {}

  /**
   * The inverse Walsh-Hadamard transform of the luma DC block, whose results become the first
   * coefficients of the 16 luma blocks.
   *
   * @param coefficients [25, 16]
   * @param at where the DC block begins
   */
  static void spreadDc(int[] coefficients, int at) {
    int[] rows = new int[BLOCK];
    for (int i = 0; i < 4; i++) {
      int a0 = coefficients[at + i] + coefficients[at + 12 + i];
      int a1 = coefficients[at + 4 + i] + coefficients[at + 8 + i];
      int a2 = coefficients[at + 4 + i] - coefficients[at + 8 + i];
      int a3 = coefficients[at + i] - coefficients[at + 12 + i];
      rows[i] = a0 + a1;
      rows[8 + i] = a0 - a1;
      rows[4 + i] = a3 + a2;
      rows[12 + i] = a3 - a2;
    }
    for (int i = 0; i < 4; i++) {
      int dc = rows[4 * i] + 3;
      int a0 = dc + rows[4 * i + 3];
      int a1 = rows[4 * i + 1] + rows[4 * i + 2];
      int a2 = rows[4 * i + 1] - rows[4 * i + 2];
      int a3 = dc - rows[4 * i + 3];
      int block = 4 * i * BLOCK;
      coefficients[block] = (a0 + a1) >> 3;
      coefficients[block + BLOCK] = (a3 + a2) >> 3;
      coefficients[block + 2 * BLOCK] = (a0 - a1) >> 3;
      coefficients[block + 3 * BLOCK] = (a3 - a2) >> 3;
    }
  }

  /**
   * Adds the inverse cosine transform of a block to what was predicted.
   *
   * @param coefficients [25, 16]
   * @param at where the block begins
   * @param plane to add to
   * @param position of the block's first sample
   */
  static void add(int[] coefficients, int at, Plane plane, int position) {
    int[] columns = new int[BLOCK];
    for (int i = 0; i < 4; i++) {
      int in0 = coefficients[at + i];
      int in4 = coefficients[at + 4 + i];
      int in8 = coefficients[at + 8 + i];
      int in12 = coefficients[at + 12 + i];
      int a = in0 + in8;
      int b = in0 - in8;
      int c = small(in4) - large(in12);
      int d = large(in4) + small(in12);
      columns[4 * i] = a + d;
      columns[4 * i + 1] = b + c;
      columns[4 * i + 2] = b - c;
      columns[4 * i + 3] = a - d;
    }
    for (int i = 0; i < 4; i++) {
      int dc = columns[i] + 4;
      int a = dc + columns[8 + i];
      int b = dc - columns[8 + i];
      int c = small(columns[4 + i]) - large(columns[12 + i]);
      int d = large(columns[4 + i]) + small(columns[12 + i]);
      int row = position + i * plane.stride();
      plane.add(row, (a + d) >> 3);
      plane.add(row + 1, (b + c) >> 3);
      plane.add(row + 2, (b - c) >> 3);
      plane.add(row + 3, (a - d) >> 3);
    }
  }

  /** Times sqrt(2) cos(pi / 8). */
  private static int large(int value) {
    return ((value * 20091) >> 16) + value;
  }

  /** Times sqrt(2) sin(pi / 8). */
  private static int small(int value) {
    return (value * 35468) >> 16;
  }
}
