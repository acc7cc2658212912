package io.superneurons.image.vp8;

/** Prediction of blocks from the samples above and to the left (RFC 6386, section 12). */
final class Prediction {
  private static final int MIDDLE = 128;

  private Prediction() {}

  /**
   * Predicts a square of luma (16) or chroma (8) as a whole.
   *
   * @param mode one of the first four
   * @param x of the square's first column
   * @param y of the square's first row
   */
  static void square(Plane plane, int mode, int x, int y, int side) {
    int position = plane.position(x, y);
    if (mode == Macroblock.DC) {
      plane.fill(position, side, mean(plane, x, y, side));
      return;
    }
    int above = position - plane.stride();
    for (int row = 0; row < side; row++) {
      int at = position + row * plane.stride();
      int left = plane.get(at - 1);
      for (int column = 0; column < side; column++) {
        switch (mode) {
          case Macroblock.VERTICAL -> plane.set(at + column, plane.get(above + column));
          case Macroblock.HORIZONTAL -> plane.set(at + column, left);
          default ->
              plane.setClipped(
                  at + column, left + plane.get(above + column) - plane.get(above - 1));
        }
      }
    }
  }

  /** The mean of those samples above and to the left that are inside the frame. */
  private static int mean(Plane plane, int x, int y, int side) {
    if (x == 0 && y == 0) {
      return MIDDLE;
    }
    int position = plane.position(x, y);
    int sum = 0;
    int count = 0;
    for (int i = 0; i < side && y > 0; i++, count++) {
      sum += plane.get(position - plane.stride() + i);
    }
    for (int i = 0; i < side && x > 0; i++, count++) {
      sum += plane.get(position + i * plane.stride() - 1);
    }
    return (sum + count / 2) / count;
  }

  /**
   * Predicts a block of 4 x 4.
   *
   * @param position of the block's first sample
   * @param edge the 13 samples around: from the lowest to the left up to the corner, then those
   *     above and above to the right: [L, K, J, I, X, A, B, C, D, E, F, G, H]
   */
  static void block(Plane plane, int mode, int position, int[] edge) {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int at = position + y * plane.stride() + x;
        plane.setClipped(at, sample(mode, x, y, edge));
      }
    }
  }

  private static int sample(int mode, int x, int y, int[] e) {
    return switch (mode) {
      case Macroblock.DC -> dc(e);
      case Macroblock.TRUE_MOTION -> e[3 - y] + e[5 + x] - e[4];
      case Macroblock.VERTICAL -> smooth(e, 5 + x);
      case Macroblock.HORIZONTAL -> y == 3 ? smooth(e[0], e[0], e[1]) : smooth(e, 3 - y);
      case Macroblock.RIGHT_DOWN -> smooth(e, 4 + x - y);
      case Macroblock.LEFT_DOWN -> x + y == 6 ? smooth(e[11], e[12], e[12]) : smooth(e, 6 + x + y);
      case Macroblock.VERTICAL_RIGHT -> verticalRight(x, y, e);
      case Macroblock.VERTICAL_LEFT -> verticalLeft(x, y, e);
      case Macroblock.HORIZONTAL_DOWN -> horizontalDown(x, y, e);
      default -> horizontalUp(x, y, e);
    };
  }

  private static int dc(int[] e) {
    int sum = e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8];
    return (sum + 4) >> 3;
  }

  private static int verticalRight(int x, int y, int[] e) {
    int slope = 2 * x - y;
    if (slope < -1) {
      return smooth(e, 5 - y);
    }
    return slope % 2 == 0 ? mean(e, 4 + slope / 2) : smooth(e, 4 + (slope + 1) / 2);
  }

  private static int verticalLeft(int x, int y, int[] e) {
    // The last two of the fourth column do not follow the slope.
    if (x == 3 && y >= 2) {
      return smooth(e, y == 2 ? 10 : 11);
    }
    int first = 5 + x + y / 2;
    return y % 2 == 0 ? mean(e, first) : smooth(e, first + 1);
  }

  private static int horizontalDown(int x, int y, int[] e) {
    int slope = 2 * y - x;
    if (slope < -1) {
      return smooth(e, 3 - slope);
    }
    return slope % 2 == 0 ? mean(e, 3 - slope / 2) : smooth(e, 4 - (slope + 1) / 2);
  }

  private static int horizontalUp(int x, int y, int[] e) {
    int slope = x + 2 * y;
    if (slope > 5) {
      return e[0];
    }
    if (slope == 5) {
      return smooth(e[1], e[0], e[0]);
    }
    return slope % 2 == 0 ? mean(e, 2 - slope / 2) : smooth(e, 2 - slope / 2);
  }

  /** The mean of an edge sample and the next. */
  private static int mean(int[] e, int first) {
    return (e[first] + e[first + 1] + 1) >> 1;
  }

  /** The weighted mean of an edge sample and those beside it. */
  private static int smooth(int[] e, int middle) {
    return smooth(e[middle - 1], e[middle], e[middle + 1]);
  }

  private static int smooth(int before, int middle, int after) {
    return (before + 2 * middle + after + 2) >> 2;
  }
}
