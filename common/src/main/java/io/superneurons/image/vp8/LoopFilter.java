package io.superneurons.image.vp8;

/** Smoothing of the edges between and in macroblocks (RFC 6386, section 15). */
final class LoopFilter {
  private final Plane plane;
  private final int side; // of a macroblock in this plane

  /** For a plane in which a macroblock has that side. */
  LoopFilter(Plane plane, int side) {
    this.plane = plane;
    this.side = side;
  }

  /** Which edges of a macroblock are smoothed beside those in the frame's border. */
  enum Edges {
    /** Only those to its neighbours: it has no coefficients and one prediction. */
    OUTER,
    /** Also those between its blocks. */
    ALL
  }

  /** Smooths luma only, by two samples at each edge. */
  void simple(int column, int row, Header.Strength strength, Edges edges) {
    int stride = plane.stride();
    int position = plane.position(column * side, row * side);
    if (column > 0) {
      simpleEdge(position, 1, stride, strength.limit() + 4);
    }
    for (int i = 4; i < side && edges == Edges.ALL; i += 4) {
      simpleEdge(position + i, 1, stride, strength.limit());
    }
    if (row > 0) {
      simpleEdge(position, stride, 1, strength.limit() + 4);
    }
    for (int i = 4; i < side && edges == Edges.ALL; i += 4) {
      simpleEdge(position + i * stride, stride, 1, strength.limit());
    }
  }

  /** Smooths by up to six samples at each edge. */
  void normal(int column, int row, Header.Strength strength, Edges edges) {
    int stride = plane.stride();
    int position = plane.position(column * side, row * side);
    if (column > 0) {
      outerEdge(position, 1, stride, strength);
    }
    for (int i = 4; i < side && edges == Edges.ALL; i += 4) {
      innerEdge(position + i, 1, stride, strength);
    }
    if (row > 0) {
      outerEdge(position, stride, 1, strength);
    }
    for (int i = 4; i < side && edges == Edges.ALL; i += 4) {
      innerEdge(position + i * stride, stride, 1, strength);
    }
  }

  /**
   * Walks along an edge.
   *
   * @param start the first sample behind the edge
   * @param across step from a sample to the next across the edge
   * @param along step from a sample to the next along the edge
   */
  private void simpleEdge(int start, int across, int along, int limit) {
    for (int i = 0; i < side; i++) {
      int p = start + i * along;
      if (isSmooth(p, across, limit)) {
        adjustTwo(p, across);
      }
    }
  }

  private void outerEdge(int start, int across, int along, Header.Strength strength) {
    for (int i = 0; i < side; i++) {
      int p = start + i * along;
      if (isSmooth(p, across, strength.limit() + 4, strength.interior())) {
        if (isHighVariance(p, across, strength.highVariance())) {
          adjustTwo(p, across);
        } else {
          adjustSix(p, across);
        }
      }
    }
  }

  private void innerEdge(int start, int across, int along, Header.Strength strength) {
    for (int i = 0; i < side; i++) {
      int p = start + i * along;
      if (isSmooth(p, across, strength.limit(), strength.interior())) {
        if (isHighVariance(p, across, strength.highVariance())) {
          adjustTwo(p, across);
        } else {
          adjustFour(p, across);
        }
      }
    }
  }

  private boolean isSmooth(int p, int step, int limit) {
    return 4 * difference(p - step, p) + difference(p - 2 * step, p + step) <= 2 * limit + 1;
  }

  private boolean isSmooth(int p, int step, int limit, int interior) {
    return isSmooth(p, step, limit)
        && difference(p - 4 * step, p - 3 * step) <= interior
        && difference(p - 3 * step, p - 2 * step) <= interior
        && difference(p - 2 * step, p - step) <= interior
        && difference(p + 3 * step, p + 2 * step) <= interior
        && difference(p + 2 * step, p + step) <= interior
        && difference(p + step, p) <= interior;
  }

  private boolean isHighVariance(int p, int step, int threshold) {
    return difference(p - 2 * step, p - step) > threshold || difference(p + step, p) > threshold;
  }

  private int difference(int a, int b) {
    return Math.abs(plane.get(a) - plane.get(b));
  }

  private void adjustTwo(int p, int step) {
    int outer = signed(plane.get(p - 2 * step) - plane.get(p + step), 127);
    int a = 3 * (plane.get(p) - plane.get(p - step)) + outer;
    plane.add(p - step, signed((a + 3) >> 3, 15));
    plane.add(p, -signed((a + 4) >> 3, 15));
  }

  private void adjustFour(int p, int step) {
    int a = 3 * (plane.get(p) - plane.get(p - step));
    int behind = signed((a + 4) >> 3, 15);
    int half = (behind + 1) >> 1;
    plane.add(p - 2 * step, half);
    plane.add(p - step, signed((a + 3) >> 3, 15));
    plane.add(p, -behind);
    plane.add(p + step, -half);
  }

  private void adjustSix(int p, int step) {
    int outer = signed(plane.get(p - 2 * step) - plane.get(p + step), 127);
    int a = signed(3 * (plane.get(p) - plane.get(p - step)) + outer, 127);
    for (int i = 0; i < 3; i++) {
      int change = (9 * (3 - i) * a + 63) >> 7;
      plane.add(p - (i + 1) * step, change);
      plane.add(p + i * step, -change);
    }
  }

  /** Clips to the range of a signed number whose largest value is that. */
  private static int signed(int value, int largest) {
    return Math.max(-largest - 1, Math.min(largest, value));
  }
}
