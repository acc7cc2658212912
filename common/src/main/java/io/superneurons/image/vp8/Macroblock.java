package io.superneurons.image.vp8;

import java.util.Arrays;

/** How a macroblock is predicted, and its coefficients (RFC 6386, sections 11 and 13). */
final class Macroblock {
  // Modes of blocks of 4 x 4; the first four are also those of whole macroblocks and chroma.
  static final int DC = 0;
  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  static final int RIGHT_DOWN = 4;
  static final int VERTICAL_RIGHT = 5;
  static final int LEFT_DOWN = 6;
  static final int VERTICAL_LEFT = 7;
  static final int HORIZONTAL_DOWN = 8;
  static final int HORIZONTAL_UP = 9;

  private static final int MODES = 10;

  private final int[] blockModes = new int[16];
  private final int[] coefficients = new int[25 * 16]; // 16 of luma, 4 of U, 4 of V, luma's DC
  private boolean detailed;
  private int lumaMode;
  private int chromaMode;
  private int segment;
  private boolean skip;

  /**
   * Reads the modes of the next macroblock.
   *
   * @param above modes of the four blocks above, replaced by the lowest four of this one
   * @param offset of the four in {@code above}
   * @param left modes of the four blocks to the left, replaced by the rightmost four of this one
   */
  void readModes(Header header, int[] above, int offset, int[] left) {
    BoolReader in = header.modes();
    segment = header.nextSegment();
    skip = header.nextSkip();
    detailed = in.bit(145) == 0;
    if (detailed) {
      readBlockModes(in, above, offset, left);
    } else {
      lumaMode =
          in.bit(156) == 1
              ? in.bit(128) == 1 ? TRUE_MOTION : HORIZONTAL
              : in.bit(163) == 1 ? VERTICAL : DC;
      Arrays.fill(above, offset, offset + 4, lumaMode);
      Arrays.fill(left, lumaMode);
    }
    chromaMode = chromaMode(in);
  }

  private static int chromaMode(BoolReader in) {
    if (in.bit(142) == 0) {
      return DC;
    }
    if (in.bit(114) == 0) {
      return VERTICAL;
    }
    return in.bit(183) == 1 ? TRUE_MOTION : HORIZONTAL;
  }

  private void readBlockModes(BoolReader in, int[] above, int offset, int[] left) {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int mode = blockMode(in, (above[offset + x] * MODES + left[y]) * (MODES - 1));
        blockModes[4 * y + x] = mode;
        above[offset + x] = mode;
        left[y] = mode;
      }
    }
  }

  /** The tree of section 11.2; p is where the nine probabilities begin. */
  private static int blockMode(BoolReader in, int p) {
    int[] table = Tables.SUBBLOCK_MODES;
    if (in.bit(table[p]) == 0) {
      return DC;
    }
    if (in.bit(table[p + 1]) == 0) {
      return TRUE_MOTION;
    }
    if (in.bit(table[p + 2]) == 0) {
      return VERTICAL;
    }
    if (in.bit(table[p + 3]) == 0) {
      if (in.bit(table[p + 4]) == 0) {
        return HORIZONTAL;
      }
      return in.bit(table[p + 5]) == 0 ? RIGHT_DOWN : VERTICAL_RIGHT;
    }
    if (in.bit(table[p + 6]) == 0) {
      return LEFT_DOWN;
    }
    if (in.bit(table[p + 7]) == 0) {
      return VERTICAL_LEFT;
    }
    return in.bit(table[p + 8]) == 0 ? HORIZONTAL_DOWN : HORIZONTAL_UP;
  }

  /** Whether luma is predicted in blocks of 4 x 4, each by its own mode. */
  boolean isDetailed() {
    return detailed;
  }

  /** Mode of luma where it is predicted as a whole. */
  int lumaMode() {
    return lumaMode;
  }

  /** Mode of a block of luma where it is predicted in blocks. */
  int blockMode(int block) {
    return blockModes[block];
  }

  /** Mode of both chroma planes. */
  int chromaMode() {
    return chromaMode;
  }

  /** Which quantizer and filter strength apply. */
  int segment() {
    return segment;
  }

  /** Whether the modes said that there are no coefficients. */
  boolean isSkip() {
    return skip;
  }

  /**
   * Factors of the transforms: [25, 16]; 16 blocks of luma, 4 of U, 4 of V, and luma's DC block.
   */
  int[] coefficients() {
    return coefficients;
  }
}
