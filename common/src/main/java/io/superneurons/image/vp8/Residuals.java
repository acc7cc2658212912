package io.superneurons.image.vp8;

import java.util.Arrays;

/** Reads the coefficients of macroblocks (RFC 6386, section 13). */
final class Residuals {
  // Kinds of blocks, the outermost dimension of the probabilities.
  private static final int LUMA_WITHOUT_DC = 0;
  private static final int LUMA_DC = 1;
  private static final int CHROMA = 2;
  private static final int LUMA_WITH_DC = 3;

  private static final int KIND = 8 * 3 * Tables.TOKEN_PROBABILITIES;
  private static final int CONTEXTS = 3 * Tables.TOKEN_PROBABILITIES;
  private static final int BLOCK = 16;
  private static final int DC_BLOCK = 24;

  /** Of each macroblock: 4 of luma, 2 of U, 2 of V, and luma's DC. */
  private static final int FLAGS = 9;

  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
  private static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private final Header header;
  private final int[] probabilities; // [4 kinds, 8 bands, 3 contexts, 11]
  private final int[] above; // [columns, 9], 1 where the block above has coefficients
  private final int[] left = new int[FLAGS];

  /** For a frame of so many columns of macroblocks. */
  Residuals(Header header, int columns) {
    this.header = header;
    this.probabilities = header.coefficients();
    this.above = new int[columns * FLAGS];
  }

  /** Begins a row of macroblocks. */
  void startRow() {
    Arrays.fill(left, 0);
  }

  /**
   * Reads a macroblock's coefficients and multiplies them by their quantizer.
   *
   * @return whether there is any
   */
  boolean read(Macroblock macroblock, BoolReader in, int column) {
    int[] out = macroblock.coefficients();
    Arrays.fill(out, 0);
    int top = column * FLAGS;
    if (macroblock.isSkip()) {
      int kept = macroblock.isDetailed() ? FLAGS - 1 : FLAGS;
      Arrays.fill(above, top, top + kept, 0);
      Arrays.fill(left, 0, kept, 0);
      return false;
    }
    Header.Quantizer quantizer = header.quantizer(macroblock.segment());
    int kind = LUMA_WITH_DC;
    if (!macroblock.isDetailed()) {
      readLumaDc(in, top, quantizer.lumaDc(), out);
      kind = LUMA_WITHOUT_DC;
    }
    boolean any = readPlane(in, kind, top, 0, 4, quantizer.luma(), out, 0);
    any |= readPlane(in, CHROMA, top, 4, 2, quantizer.chroma(), out, 16);
    any |= readPlane(in, CHROMA, top, 6, 2, quantizer.chroma(), out, 20);
    return any;
  }

  private void readLumaDc(BoolReader in, int top, int[] quantizer, int[] out) {
    int flag = FLAGS - 1;
    int context = above[top + flag] + left[flag];
    int end = readBlock(in, LUMA_DC, context, quantizer, 0, out, DC_BLOCK * BLOCK);
    above[top + flag] = end > 0 ? 1 : 0;
    left[flag] = above[top + flag];
    Transform.spreadDc(out, DC_BLOCK * BLOCK);
  }

  /** Blocks of a plane, side by side; flags of that plane begin at {@code flag}. */
  private boolean readPlane(
      BoolReader in, int kind, int top, int flag, int side, int[] quantizer, int[] out, int block) {
    int first = kind == LUMA_WITHOUT_DC ? 1 : 0;
    boolean any = false;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int context = above[top + flag + x] + left[flag + y];
        int at = (block + y * side + x) * BLOCK;
        int end = readBlock(in, kind, context, quantizer, first, out, at);
        above[top + flag + x] = end > first ? 1 : 0;
        left[flag + y] = above[top + flag + x];
        any |= end > 1 || out[at] != 0;
      }
    }
    return any;
  }

  /** Returns one more than the position of the last token that is not an end. */
  private int readBlock(
      BoolReader in, int kind, int context, int[] quantizer, int first, int[] out, int at) {
    int n = first;
    int p = kind * KIND + BANDS[n] * CONTEXTS + context * Tables.TOKEN_PROBABILITIES;
    while (n < BLOCK) {
      if (in.bit(probabilities[p]) == 0) {
        return n;
      }
      while (in.bit(probabilities[p + 1]) == 0) {
        n++;
        if (n == BLOCK) {
          return BLOCK;
        }
        p = kind * KIND + BANDS[n] * CONTEXTS;
      }
      int value = 1;
      if (in.bit(probabilities[p + 2]) == 1) {
        value = largeValue(in, p);
      }
      p = kind * KIND + BANDS[n + 1] * CONTEXTS + (value == 1 ? 1 : 2) * Tables.TOKEN_PROBABILITIES;
      out[at + ZIGZAG[n]] = (in.flag() ? -value : value) * quantizer[n > 0 ? 1 : 0];
      n++;
    }
    return BLOCK;
  }

  private int largeValue(BoolReader in, int p) {
    if (in.bit(probabilities[p + 3]) == 0) {
      return in.bit(probabilities[p + 4]) == 0 ? 2 : 3 + in.bit(probabilities[p + 5]);
    }
    if (in.bit(probabilities[p + 6]) == 0) {
      if (in.bit(probabilities[p + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int high = 2 * in.bit(165);
      return 7 + high + in.bit(145);
    }
    int high = in.bit(probabilities[p + 8]);
    int category = 2 * high + in.bit(probabilities[p + 9 + high]);
    int extra = 0;
    for (int probability : LARGE[category]) {
      extra = 2 * extra + in.bit(probability);
    }
    return extra + 3 + (8 << category);
  }
}
