package io.superneurons.jobs.input;

import java.io.Closeable;
import java.io.IOException;

/** Reads images that a part of the input holds; quickest in the order of their rows. */
public interface EmbeddedReader extends Closeable {
  /**
   * The image of a row.
   *
   * @param at where it is, see {@link PartRows#at}
   * @return null if there is none any more
   * @throws IOException if it cannot be read
   */
  byte[] read(long at) throws IOException;
}
