package io.superneurons.image.bytes;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A stream over an encoded image that never touches the disk and ends a reader that does not notice
 * the end: some go on for minutes with the zeros that they take for what is missing.
 */
public final class EncodedStream extends ImageInputStreamImpl {
  /** How many reads past the end are allowed: readers look ahead by some bytes. */
  private static final int MAX_READS_AT_END = 1000;

  private final byte[] encoded;
  private int readsAtEnd;

  /** Over that image. */
  public EncodedStream(byte[] encoded) {
    this.encoded = encoded;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (atEnd()) {
      return -1;
    }
    return encoded[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int count = (int) Math.min(length, encoded.length - streamPos);
    System.arraycopy(encoded, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  private boolean atEnd() {
    if (streamPos < encoded.length) {
      return false;
    }
    readsAtEnd++;
    if (readsAtEnd > MAX_READS_AT_END) {
      // Unchecked: an IOException is what those readers swallow.
      throw new IllegalStateException("the data go on beyond the end of the file");
    }
    return true;
  }

  @Override
  public long length() {
    return encoded.length;
  }
}
