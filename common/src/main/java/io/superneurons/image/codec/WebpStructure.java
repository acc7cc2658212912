package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.util.Locale;

/** The chunks of a WebP file: canvas, first frame and orientation. */
final class WebpStructure {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int SIDE_BITS = 0x3fff;

  private final Exif exif = new Exif();
  private long canvasWidth;
  private long canvasHeight;
  private ByteReader frame; // the chunk with the colours, with header and padding
  private int frameWidth;
  private int frameHeight;
  private int left;
  private int top;

  private WebpStructure() {}

  /** Reads the chunks. */
  static WebpStructure parse(ByteReader encoded) throws CutOffException {
    WebpStructure structure = new WebpStructure();
    // The file's own length counts from behind itself; what follows it is not part of the image.
    ByteReader file = encoded.slice(0, CHUNK_HEADER + encoded.u32le(4));
    structure.readChunks(file, FILE_HEADER);
    if (structure.frame == null) {
      throw new ImageException("WebP image is broken: it has no frame");
    }
    structure.fitCanvas();
    return structure;
  }

  private void readChunks(ByteReader bytes, long from) throws CutOffException {
    long at = from;
    while (at + CHUNK_HEADER <= bytes.length()) {
      long length = bytes.u32le(at + 4);
      ByteReader chunk = bytes.slice(at, CHUNK_HEADER + length);
      long padded = CHUNK_HEADER + length + (length & 1);
      read(chunk, bytes.slice(at, Math.min(padded, bytes.length() - at)));
      at += padded;
    }
  }

  /** As libwebp's own reader of files, the frame's decoder may see the byte that pads it. */
  private void read(ByteReader chunk, ByteReader padded) throws CutOffException {
    if (chunk.startsWith(0, "VP8X")) {
      canvasWidth = 1 + chunk.u24le(CHUNK_HEADER + 4);
      canvasHeight = 1 + chunk.u24le(CHUNK_HEADER + 7);
    } else if (chunk.startsWith(0, "EXIF")) {
      exif.exif(chunk.slice(CHUNK_HEADER, chunk.length() - CHUNK_HEADER));
    } else if (chunk.startsWith(0, "XMP ")) {
      exif.xmp(chunk.slice(CHUNK_HEADER, chunk.length() - CHUNK_HEADER));
    } else if (frame == null && chunk.startsWith(0, "ANMF")) {
      left = 2 * chunk.u24le(CHUNK_HEADER);
      top = 2 * chunk.u24le(CHUNK_HEADER + 3);
      readChunks(chunk, CHUNK_HEADER + 16);
    } else if (frame == null && chunk.startsWith(0, "VP8 ")) {
      readLossy(padded);
    } else if (frame == null && chunk.startsWith(0, "VP8L")) {
      readLossless(padded);
    }
  }

  private void readLossy(ByteReader chunk) throws CutOffException {
    frame = chunk;
    frameWidth = chunk.u16le(CHUNK_HEADER + 6) & SIDE_BITS;
    frameHeight = chunk.u16le(CHUNK_HEADER + 8) & SIDE_BITS;
  }

  private void readLossless(ByteReader chunk) throws CutOffException {
    frame = chunk;
    long bits = chunk.u32le(CHUNK_HEADER + 1);
    frameWidth = 1 + (int) (bits & SIDE_BITS);
    frameHeight = 1 + (int) (bits >> 14 & SIDE_BITS);
  }

  private void fitCanvas() {
    if (canvasWidth == 0) {
      canvasWidth = frameWidth;
      canvasHeight = frameHeight;
    }
    if (left + frameWidth > canvasWidth || top + frameHeight > canvasHeight) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "WebP image is broken: a frame of %d x %d pixels at %d, %d leaves the canvas of %d x"
                  + " %d",
              frameWidth,
              frameHeight,
              left,
              top,
              canvasWidth,
              canvasHeight));
    }
  }

  /** Of the canvas, in pixels. */
  long width() {
    return canvasWidth;
  }

  /** Of the canvas, in pixels. */
  long height() {
    return canvasHeight;
  }

  /** The canvas's column of the frame's first column. */
  int left() {
    return left;
  }

  /** The canvas's row of the frame's first row. */
  int top() {
    return top;
  }

  /** The chunk with the first frame's colours, its header and padding included. */
  ByteReader frame() {
    return frame;
  }

  /** The frame's size, which lies inside the canvas. */
  ImageSize frameSize() {
    return new ImageSize(frameHeight, frameWidth);
  }

  /** How the image has to be turned. */
  Orientation orientation() {
    return exif.orientation();
  }
}
