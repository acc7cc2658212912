package io.superneurons.image.vp8;

import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;

/**
 * The frame header of a VP8 key frame (RFC 6386, section 9): segments, filter, quantizers, token
 * probabilities and partitions.
 */
final class Header {
  private static final int SEGMENTS = 4;
  private static final int FRAME_TAG = 10; // bytes before the first partition
  private static final int LARGEST_INDEX = 127;
  private static final int LARGEST_CHROMA_DC_INDEX = 117;

  /**
   * Factors of the coefficients of a segment: DC and AC of luma, of luma's DC block, and of chroma.
   */
  record Quantizer(int[] luma, int[] lumaDc, int[] chroma) {}

  /**
   * How the edges in and around a macroblock are smoothed.
   *
   * @param limit of differences across an edge; 0 for no smoothing
   * @param interior limit of differences beside an edge
   * @param highVariance threshold
   */
  record Strength(int limit, int interior, int highVariance) {}

  private final int width;
  private final int height;
  private final BoolReader modes;
  private final BoolReader[] tokens;
  private final int[] coefficients = new int[Tables.COEFFICIENT_DEFAULTS.length]; // [4, 8, 3, 11]
  private final Quantizer[] quantizers = new Quantizer[SEGMENTS];
  private final Strength[][] strengths = new Strength[SEGMENTS][2]; // by whether 4 x 4 predicted
  private final int[] segmentProbabilities = {255, 255, 255};
  private final int[] segmentQuantizers = new int[SEGMENTS];
  private final int[] segmentStrengths = new int[SEGMENTS];
  private boolean segmented;
  private boolean segmentMap;
  private boolean absoluteSegments;
  private boolean simpleFilter;
  private int skipProbability = -1;

  /** Reads the header of a frame, the data of a {@code VP8} chunk. */
  Header(byte[] frame) throws CutOffException {
    ByteReader bytes = new ByteReader(frame);
    int tag = bytes.u24le(0);
    if ((tag & 1) != 0 || bytes.u8(3) != 0x9d || bytes.u16be(4) != 0x012a) {
      throw new IllegalStateException("not a VP8 key frame");
    }
    width = bytes.u16le(6) & 0x3fff;
    height = bytes.u16le(8) & 0x3fff;
    int firstEnd = FRAME_TAG + (tag >> 5);
    bytes.slice(FRAME_TAG, tag >> 5); // checks that it is there
    modes = new BoolReader(frame, FRAME_TAG, firstEnd);
    modes.number(2); // colour space and clamping: nothing that RGB needs
    readSegments();
    readFilter();
    tokens = partitions(bytes, frame, firstEnd, 1 << modes.number(2));
    readQuantizers();
    modes.flag(); // whether probabilities last for the next frame, which there is not
    readCoefficients();
    if (modes.flag()) {
      skipProbability = modes.number(8);
    }
  }

  private void readSegments() {
    segmented = modes.flag();
    if (!segmented) {
      return;
    }
    segmentMap = modes.flag();
    if (modes.flag()) {
      absoluteSegments = modes.flag();
      for (int i = 0; i < SEGMENTS; i++) {
        segmentQuantizers[i] = modes.optionalSigned(7);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        segmentStrengths[i] = modes.optionalSigned(6);
      }
    }
    for (int i = 0; segmentMap && i < segmentProbabilities.length; i++) {
      segmentProbabilities[i] = modes.flag() ? modes.number(8) : 255;
    }
  }

  private void readFilter() {
    simpleFilter = modes.flag();
    int level = modes.number(6);
    int sharpness = modes.number(3);
    int[] deltas = new int[8]; // by reference frame, then by mode
    boolean useDeltas = modes.flag();
    if (useDeltas && modes.flag()) {
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = modes.optionalSigned(6);
      }
    }
    for (int segment = 0; segment < SEGMENTS; segment++) {
      int base = absoluteSegments ? 0 : level;
      int own = segmented ? base + segmentStrengths[segment] : level;
      int whole = own + deltas[0];
      strengths[segment][0] = strength(level == 0 ? 0 : whole, sharpness);
      strengths[segment][1] = strength(level == 0 ? 0 : whole + deltas[4], sharpness);
    }
  }

  private static Strength strength(int unbounded, int sharpness) {
    int level = Math.max(0, Math.min(63, unbounded));
    if (level == 0) {
      return new Strength(0, 0, 0);
    }
    int interior = level;
    if (sharpness > 0) {
      interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    interior = Math.max(1, interior);
    int highVariance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    return new Strength(2 * level + interior, interior, highVariance);
  }

  private static BoolReader[] partitions(ByteReader bytes, byte[] frame, int sizes, int count)
      throws CutOffException {
    BoolReader[] partitions = new BoolReader[count];
    int at = sizes + 3 * (count - 1);
    bytes.slice(sizes, 3L * (count - 1)); // checks that they are there
    for (int i = 0; i < count; i++) {
      int promised = i < count - 1 ? bytes.u24le(sizes + 3L * i) : frame.length;
      int end = Math.min(frame.length, at + Math.min(promised, frame.length));
      partitions[i] = new BoolReader(frame, at, end);
      at = end;
    }
    return partitions;
  }

  private void readQuantizers() {
    int base = modes.number(7);
    int[] deltas = new int[5]; // luma DC, its own block's DC and AC, chroma DC and AC
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = modes.optionalSigned(4);
    }
    for (int segment = 0; segment < SEGMENTS; segment++) {
      int own = segmentQuantizers[segment] + (absoluteSegments ? 0 : base);
      int index = segmented ? own : base;
      int[] luma = {dc(index + deltas[0], LARGEST_INDEX), ac(index)};
      int[] lumaDc = {
        2 * dc(index + deltas[1], LARGEST_INDEX), Math.max(8, ac(index + deltas[2]) * 155 / 100)
      };
      int[] chroma = {dc(index + deltas[3], LARGEST_CHROMA_DC_INDEX), ac(index + deltas[4])};
      quantizers[segment] = new Quantizer(luma, lumaDc, chroma);
    }
  }

  private static int dc(int index, int largest) {
    return Tables.DC_QUANTIZER[Math.max(0, Math.min(largest, index))];
  }

  private static int ac(int index) {
    return Tables.AC_QUANTIZER[Math.max(0, Math.min(LARGEST_INDEX, index))];
  }

  private void readCoefficients() {
    for (int i = 0; i < coefficients.length; i++) {
      boolean updated = modes.bit(Tables.COEFFICIENT_UPDATES[i]) == 1;
      coefficients[i] = updated ? modes.number(8) : Tables.COEFFICIENT_DEFAULTS[i];
    }
  }

  /** Pixels in a row. */
  int width() {
    return width;
  }

  /** Rows. */
  int height() {
    return height;
  }

  /** The first partition, behind the header: modes of the macroblocks. */
  BoolReader modes() {
    return modes;
  }

  /** The partition with the coefficients of that row of macroblocks. */
  BoolReader tokens(int row) {
    return tokens[row & (tokens.length - 1)];
  }

  /** Probabilities of coefficient tokens: [4, 8, 3, 11]. */
  int[] coefficients() {
    return coefficients;
  }

  /** The segment of the next macroblock, read from the modes. */
  int nextSegment() {
    if (!segmentMap) {
      return 0;
    }
    return modes.bit(segmentProbabilities[0]) == 0
        ? modes.bit(segmentProbabilities[1])
        : 2 + modes.bit(segmentProbabilities[2]);
  }

  /** Whether the next macroblock has no coefficients, read from the modes. */
  boolean nextSkip() {
    return skipProbability >= 0 && modes.bit(skipProbability) == 1;
  }

  /** Factors of a segment's coefficients. */
  Quantizer quantizer(int segment) {
    return quantizers[segment];
  }

  /** Smoothing of a macroblock; detailed ones are predicted in blocks of 4 x 4. */
  Strength strength(int segment, Macroblock macroblock) {
    return strengths[segment][macroblock.isDetailed() ? 1 : 0];
  }

  /** Whether only luma is smoothed, by the simple filter. */
  boolean isSimpleFilter() {
    return simpleFilter;
  }
}
