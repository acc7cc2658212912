package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.util.Optional;
import java.util.OptionalLong;

/** The first directory of a TIFF structure, classic or BigTIFF, of either byte order. */
final class TiffDirectory {
  private static final int BIG = 43;
  private static final int CLASSIC = 42;

  private final ByteReader tiff;
  private final boolean bigEndian;
  private final boolean big;
  private long entries; // position of the first
  private long count;

  private TiffDirectory(ByteReader tiff) throws CutOffException {
    this.tiff = tiff;
    this.bigEndian = tiff.startsWith(0, "MM");
    this.big = u16(2) == BIG;
  }

  /**
   * Finds the directory.
   *
   * @throws ImageException if this is no TIFF structure
   * @throws CutOffException if the directory lies beyond the end
   */
  static TiffDirectory first(ByteReader tiff) throws CutOffException {
    TiffDirectory directory = new TiffDirectory(tiff);
    if (!directory.big && directory.u16(2) != CLASSIC) {
      throw new ImageException("TIFF structure is broken: version " + directory.u16(2));
    }
    long at = directory.big ? directory.u64(8) : directory.u32(4);
    directory.count = directory.big ? directory.u64(at) : directory.u16(at);
    directory.entries = at + (directory.big ? 8 : 2);
    return directory;
  }

  /** Whether offsets have eight bytes. */
  static boolean isBig(ByteReader tiff) throws CutOffException {
    return new TiffDirectory(tiff).big;
  }

  /** The first value of a tag that holds whole numbers; empty if it is missing or holds others. */
  OptionalLong number(int tag) throws CutOffException {
    long entry = find(tag);
    if (entry < 0) {
      return OptionalLong.empty();
    }
    int type = u16(entry + 2);
    return switch (type) {
      case 3, 8 -> OptionalLong.of(u16(values(entry, 2)));
      case 4, 9 -> OptionalLong.of(u32(values(entry, 4)));
      case 16, 17 -> OptionalLong.of(u64(values(entry, 8)));
      default -> OptionalLong.empty();
    };
  }

  /** The bytes of a tag; empty if it is missing. */
  Optional<ByteReader> bytes(int tag) throws CutOffException {
    long entry = find(tag);
    return entry < 0 ? Optional.empty() : Optional.of(tiff.slice(values(entry, 1), countOf(entry)));
  }

  private long find(int tag) throws CutOffException {
    int size = big ? 20 : 12;
    for (long i = 0; i < count; i++) {
      long entry = entries + i * size;
      if (u16(entry) == tag) {
        return entry;
      }
    }
    return -1;
  }

  private long countOf(long entry) throws CutOffException {
    return big ? u64(entry + 4) : u32(entry + 4);
  }

  /** Where an entry's values stand: in itself if they fit, else at an offset. */
  private long values(long entry, int bytesEach) throws CutOffException {
    long inline = big ? entry + 12 : entry + 8;
    int room = big ? 8 : 4;
    if (countOf(entry) <= room / bytesEach) {
      return inline;
    }
    return big ? u64(inline) : u32(inline);
  }

  private int u16(long at) throws CutOffException {
    return bigEndian ? tiff.u16be(at) : tiff.u16le(at);
  }

  private long u32(long at) throws CutOffException {
    return bigEndian ? tiff.u32be(at) : tiff.u32le(at);
  }

  private long u64(long at) throws CutOffException {
    return bigEndian
        ? tiff.u32be(at) << 32 | tiff.u32be(at + 4)
        : tiff.u32le(at + 4) << 32 | tiff.u32le(at);
  }
}
