package io.superneurons.image.vp8;

/** The arithmetic decoder of RFC 6386, section 7, over one partition. */
final class BoolReader {
  private static final int EVEN = 128;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int value;
  private int range = 254; // less one
  private int bits = -8; // how many of value's bits are beyond the eight that are compared
  private boolean exhausted;

  /** Over bytes from (inclusive) to (exclusive). */
  BoolReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** One decision: 1 with a probability of 1 - probability / 256. */
  int bit(int probability) {
    if (bits < 0) {
      load();
    }
    int split = (range * probability) >> 8;
    boolean one = (value >> bits) > split;
    if (one) {
      range -= split + 1;
      value -= (split + 1) << bits;
    } else {
      range = split;
    }
    if (range < 127) {
      int shift = Integer.numberOfLeadingZeros(range + 1) - 24;
      range = ((range + 1) << shift) - 1;
      bits -= shift;
    }
    return one ? 1 : 0;
  }

  private void load() {
    bits += 8;
    value <<= 8;
    if (at < end) {
      value |= bytes[at++] & 0xff;
    } else {
      exhausted = true;
    }
  }

  /** One decision of even chances. */
  boolean flag() {
    return bit(EVEN) == 1;
  }

  /** An unsigned number, its highest bit first. */
  int number(int width) {
    int number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 1 | bit(EVEN);
    }
    return number;
  }

  /** A number followed by its sign. */
  int signed(int width) {
    int number = number(width);
    return flag() ? -number : number;
  }

  /** A number followed by its sign if a flag says that it is there, else 0. */
  int optionalSigned(int width) {
    return flag() ? signed(width) : 0;
  }

  /** Whether more was read than the partition holds: the file is cut off or broken. */
  boolean isExhausted() {
    return exhausted;
  }
}
