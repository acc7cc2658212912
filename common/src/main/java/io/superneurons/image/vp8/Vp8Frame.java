package io.superneurons.image.vp8;

import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.CutOffException;

/**
 * Decodes a VP8 key frame, the content of a lossy WebP, sample for sample as libwebp and so Pillow
 * do. TwelveMonkeys' decoder is not used for these: up to 3.15 it smooths edges before it predicts
 * from them, and it repeats chroma samples instead of interpolating them.
 */
public final class Vp8Frame {
  private static final int LUMA = 16; // side of a macroblock
  private static final int CHROMA = 8;
  private static final int BLOCK = 16; // coefficients of a block

  private final Header header;
  private final int columns; // of macroblocks
  private final int rows;
  private final Plane luma;
  private final Plane u;
  private final Plane v;
  private final Header.Strength[] strengths; // [rows, columns]
  private final LoopFilter.Edges[] edges; // [rows, columns]

  private Vp8Frame(Header header) {
    this.header = header;
    columns = (header.width() + LUMA - 1) / LUMA;
    rows = (header.height() + LUMA - 1) / LUMA;
    luma = new Plane(columns * LUMA, rows * LUMA);
    u = new Plane(columns * CHROMA, rows * CHROMA);
    v = new Plane(columns * CHROMA, rows * CHROMA);
    strengths = new Header.Strength[rows * columns];
    edges = new LoopFilter.Edges[rows * columns];
  }

  /**
   * Decodes the data of a {@code VP8} chunk.
   *
   * @throws CutOffException if there are fewer data than the frame needs
   */
  public static RgbImage decode(byte[] data) throws CutOffException {
    Header header = new Header(data);
    Vp8Frame frame = new Vp8Frame(header);
    frame.reconstruct();
    frame.filter();
    return Colors.toRgb(frame.luma, frame.u, frame.v, header.width(), header.height());
  }

  private void reconstruct() throws CutOffException {
    Macroblock macroblock = new Macroblock();
    Residuals residuals = new Residuals(header, columns);
    int[] above = new int[4 * columns]; // modes of the blocks above
    for (int row = 0; row < rows; row++) {
      int[] left = new int[4]; // modes of the blocks to the left
      residuals.startRow();
      BoolReader tokens = header.tokens(row);
      for (int column = 0; column < columns; column++) {
        macroblock.readModes(header, above, 4 * column, left);
        boolean any = residuals.read(macroblock, tokens, column);
        if (header.modes().isExhausted() || tokens.isExhausted()) {
          throw new CutOffException("data end in row " + row * LUMA + " of " + header.height());
        }
        predict(macroblock, column, row);
        int i = row * columns + column;
        strengths[i] = header.strength(macroblock.segment(), macroblock);
        edges[i] = any || macroblock.isDetailed() ? LoopFilter.Edges.ALL : LoopFilter.Edges.OUTER;
      }
    }
  }

  private void predict(Macroblock macroblock, int column, int row) {
    int[] coefficients = macroblock.coefficients();
    if (macroblock.isDetailed()) {
      predictBlocks(macroblock, column, row);
    } else {
      Prediction.square(luma, macroblock.lumaMode(), column * LUMA, row * LUMA, LUMA);
      addBlocks(luma, coefficients, 0, column * LUMA, row * LUMA, LUMA);
    }
    int mode = macroblock.chromaMode();
    Prediction.square(u, mode, column * CHROMA, row * CHROMA, CHROMA);
    addBlocks(u, coefficients, 16, column * CHROMA, row * CHROMA, CHROMA);
    Prediction.square(v, mode, column * CHROMA, row * CHROMA, CHROMA);
    addBlocks(v, coefficients, 20, column * CHROMA, row * CHROMA, CHROMA);
  }

  private static void addBlocks(
      Plane plane, int[] coefficients, int block, int x, int y, int side) {
    int at = block * BLOCK;
    for (int i = 0; i < side; i += 4) {
      for (int j = 0; j < side; j += 4, at += BLOCK) {
        Transform.add(coefficients, at, plane, plane.position(x + j, y + i));
      }
    }
  }

  private void predictBlocks(Macroblock macroblock, int column, int row) {
    int[] aboveRight = aboveRight(column, row);
    int[] edge = new int[13];
    for (int block = 0; block < BLOCK; block++) {
      int x = column * LUMA + 4 * (block % 4);
      int y = row * LUMA + 4 * (block / 4);
      int position = luma.position(x, y);
      for (int i = 0; i < 4; i++) {
        edge[3 - i] = luma.get(position + i * luma.stride() - 1);
      }
      int above = position - luma.stride();
      for (int i = 0; i < 9; i++) {
        // Right of the macroblock nothing is decoded yet but what is above all of it.
        boolean beyond = i > 4 && block % 4 == 3;
        edge[4 + i] = beyond ? aboveRight[i - 5] : luma.get(above - 1 + i);
      }
      Prediction.block(luma, macroblock.blockMode(block), position, edge);
      Transform.add(macroblock.coefficients(), block * BLOCK, luma, position);
    }
  }

  /** The four samples above and to the right of a macroblock. */
  private int[] aboveRight(int column, int row) {
    int above = luma.position(column * LUMA + LUMA - 1, row * LUMA - 1);
    int[] samples = new int[4];
    for (int i = 0; i < samples.length; i++) {
      // Beyond the frame the last sample is repeated; in the border all are equal anyway.
      samples[i] = luma.get(column == columns - 1 ? above : above + 1 + i);
    }
    return samples;
  }

  private void filter() {
    LoopFilter lumaFilter = new LoopFilter(luma, LUMA);
    LoopFilter filterU = new LoopFilter(u, CHROMA);
    LoopFilter filterV = new LoopFilter(v, CHROMA);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        if (strengths[i].limit() == 0) {
          continue;
        }
        if (header.isSimpleFilter()) {
          lumaFilter.simple(column, row, strengths[i], edges[i]);
        } else {
          lumaFilter.normal(column, row, strengths[i], edges[i]);
          filterU.normal(column, row, strengths[i], edges[i]);
          filterV.normal(column, row, strengths[i], edges[i]);
        }
      }
    }
  }
}
