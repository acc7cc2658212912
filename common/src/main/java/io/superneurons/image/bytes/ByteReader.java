package io.superneurons.image.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Numbers at offsets of a byte array, with a checked end. */
public final class ByteReader {
  private final byte[] bytes;
  private final int from;
  private final int to;

  /** Over the whole array. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Number of bytes. */
  public int length() {
    return to - from;
  }

  /** The part at [start, start + length). */
  public ByteReader slice(long start, long length) throws CutOffException {
    require(start, length);
    return new ByteReader(bytes, from + (int) start, from + (int) (start + length));
  }

  /** The part from a position to the end. */
  public ByteReader from(long start) throws CutOffException {
    return slice(start, length() - start);
  }

  /**
   * The position of a Latin-1 character.
   *
   * @param start where the search begins
   * @throws CutOffException if it is not there
   */
  public int find(long start, char latin1) throws CutOffException {
    long at = start;
    while (u8(at) != latin1) {
      at++;
    }
    return (int) at;
  }

  /** A copy of the bytes. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** An unsigned byte. */
  public int u8(long at) throws CutOffException {
    require(at, 1);
    return bytes[from + (int) at] & 0xff;
  }

  /** A big-endian unsigned 16-bit number. */
  public int u16be(long at) throws CutOffException {
    return u8(at) << 8 | u8(at + 1);
  }

  /** A little-endian unsigned 16-bit number. */
  public int u16le(long at) throws CutOffException {
    return u8(at) | u8(at + 1) << 8;
  }

  /** A little-endian unsigned 24-bit number. */
  public int u24le(long at) throws CutOffException {
    return u16le(at) | u8(at + 2) << 16;
  }

  /** A big-endian unsigned 32-bit number. */
  public long u32be(long at) throws CutOffException {
    return (long) u16be(at) << 16 | u16be(at + 2);
  }

  /** A little-endian unsigned 32-bit number. */
  public long u32le(long at) throws CutOffException {
    return u16le(at) | (long) u16le(at + 2) << 16;
  }

  /** A little-endian signed 32-bit number. */
  public int i32le(long at) throws CutOffException {
    return (int) u32le(at);
  }

  /** All bytes as Latin-1 characters. */
  public String latin1() {
    return new String(bytes, from, length(), StandardCharsets.ISO_8859_1);
  }

  /** Whether those characters stand there; false at the end. */
  public boolean startsWith(long at, String latin1) {
    if (at < 0 || at + latin1.length() > length()) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if ((bytes[from + (int) at + i] & 0xff) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void require(long at, long count) throws CutOffException {
    if (at < 0 || count < 0 || at > length() - count) {
      throw new CutOffException(
          String.format(Locale.ROOT, "%d bytes expected at offset %d of %d", count, at, length()));
    }
  }
}
