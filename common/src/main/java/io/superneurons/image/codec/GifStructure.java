package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;

/** The blocks of a GIF file up to its first frame. */
final class GifStructure {
  private static final int SCREEN = 6;
  private static final int SCREEN_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int DESCRIPTOR_BYTES = 10;

  private final ByteReader encoded;
  private int width;
  private int height;
  private int left;
  private int top;
  private int transparentIndex;

  private GifStructure(ByteReader encoded) {
    this.encoded = encoded;
  }

  /** Reads the blocks, and checks that the first frame's data are all there. */
  static GifStructure parse(ByteReader encoded) throws CutOffException {
    GifStructure structure = new GifStructure(encoded);
    structure.readScreen();
    return structure;
  }

  private void readScreen() throws CutOffException {
    width = encoded.u16le(SCREEN);
    height = encoded.u16le(SCREEN + 2);
    long at = SCREEN_BYTES + tableBytes(encoded.u8(SCREEN + 4));
    while (encoded.u8(at) != IMAGE) {
      if (encoded.u8(at) == EXTENSION) {
        readExtension(at);
        at = skipBlocks(at + 2);
      } else {
        at++; // as Pillow does, though nothing else should stand here
      }
    }
    readDescriptor(at);
  }

  private void readExtension(long at) throws CutOffException {
    boolean transparent = encoded.u8(at + 1) == GRAPHIC_CONTROL && (encoded.u8(at + 3) & 1) != 0;
    if (transparent) {
      transparentIndex = encoded.u8(at + 6);
    }
  }

  private void readDescriptor(long at) throws CutOffException {
    left = encoded.u16le(at + 1);
    top = encoded.u16le(at + 3);
    // As Pillow does: a frame that leaves the screen makes it larger.
    width = Math.max(width, left + encoded.u16le(at + 5));
    height = Math.max(height, top + encoded.u16le(at + 7));
    long data = at + DESCRIPTOR_BYTES + tableBytes(encoded.u8(at + 9)) + 1;
    long end = skipBlocks(data);
    if (end == data + 1) {
      throw new ImageException("GIF image is broken: its first frame has no data");
    }
  }

  /** Length in bytes of the colour table that a flags byte announces. */
  private static int tableBytes(int flags) {
    boolean present = (flags & 0x80) != 0;
    return present ? 3 << ((flags & 7) + 1) : 0;
  }

  /** The position behind the blocks' end; a missing end mark is forgiven, missing data are not. */
  private long skipBlocks(long from) throws CutOffException {
    long at = from;
    while (at < encoded.length() && encoded.u8(at) != 0) {
      at += 1 + encoded.slice(at + 1, encoded.u8(at)).length();
    }
    return at + 1;
  }

  /** The screen, grown to hold the first frame. */
  ImageSize canvas() {
    if (width == 0 || height == 0) {
      throw new ImageException("GIF image is broken: size " + width + " x " + height);
    }
    return new ImageSize(height, width);
  }

  /** The canvas's column of the frame's first column. */
  int left() {
    return left;
  }

  /** The canvas's row of the frame's first row. */
  int top() {
    return top;
  }

  /** The palette's index of the transparent colour; 0 if there is none. */
  int transparentIndex() {
    return transparentIndex;
  }
}
