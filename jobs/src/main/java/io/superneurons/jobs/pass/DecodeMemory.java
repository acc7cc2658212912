package io.superneurons.jobs.pass;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The heap that images may take while they are decoded. Each waits, in the order of asking, until
 * those before it have left room for it, so that images that fit one at a time do not fail because
 * many are decoded at once. Thread-safe.
 */
final class DecodeMemory {
  /** The samples as the file stores them, and the RGB that is made of them, a byte each. */
  private static final long BYTES_PER_PIXEL = 2 * RgbImage.CHANNELS;

  /** What a permit stands for, since a semaphore counts them in an int. */
  private static final long PERMIT_BYTES = 1024;

  private final long bytes;
  private final int permits;
  private final Semaphore free;

  /**
   * @param bytes for all images that are being decoded at one time
   */
  DecodeMemory(long bytes) {
    this.bytes = bytes;
    permits = permits(bytes);
    // fair, or small images would pass by a large one for ever
    free = new Semaphore(permits, true);
  }

  /** Three quarters of this JVM's heap: prepared images of batches seldom take their half. */
  static DecodeMemory ofHeap() {
    return new DecodeMemory(Runtime.getRuntime().maxMemory() / 4 * 3);
  }

  private static int permits(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / PERMIT_BYTES));
  }

  /**
   * Decodes once there is room. Should it not fit all the same, since its samples are larger than
   * most or the heap is full of other things, it is tried again while no other is decoded.
   *
   * @param size of the image, by its header
   * @throws NotEnoughMemoryException if it fits not even alone
   */
  <T> T decode(ImageSize size, Supplier<T> work) {
    long needed = size.pixels() * BYTES_PER_PIXEL;
    if (needed > bytes) {
      throw new NotEnoughMemoryException(message(size, needed));
    }
    try {
      return holding(permits(needed), work);
    } catch (OutOfMemoryError e) {
      return alone(size, needed, work);
    }
  }

  private <T> T alone(ImageSize size, long needed, Supplier<T> work) {
    try {
      return holding(permits, work);
    } catch (OutOfMemoryError e) {
      throw new NotEnoughMemoryException(message(size, needed), e);
    }
  }

  private <T> T holding(int share, Supplier<T> work) {
    try {
      free.acquire(share);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The executor ended before the image's turn came");
    }
    try {
      return work.get();
    } finally {
      free.release(share);
    }
  }

  private String message(ImageSize size, long needed) {
    return String.format(
        Locale.ROOT,
        "%d x %d pixels take %,d bytes or more to decode, and the executor has %,d for that in a"
            + " heap of %,d; give it more memory (--executor-memory, in local mode"
            + " --driver-memory), or shrink the image",
        size.width(),
        size.height(),
        needed,
        bytes,
        Runtime.getRuntime().maxMemory());
  }
}
