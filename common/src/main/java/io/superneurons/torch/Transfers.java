package io.superneurons.torch;

import java.util.function.Supplier;

/**
 * What travels between Java's memory and the model's device: one upload or download is one copy. It
 * is counted where the copies are asked for, so that it is the same on a CPU, which makes fewer of
 * them.
 *
 * @param uploads to the device
 * @param uploadedBytes of all of them
 * @param downloads from the device
 */
public record Transfers(int uploads, long uploadedBytes, int downloads) {
  private static final ThreadLocal<Transfers> OF_THREAD =
      ThreadLocal.withInitial(() -> new Transfers(0, 0, 0));

  /**
   * What some work gives, and what travelled for it on this thread.
   *
   * @param <T> of what the work gives
   */
  public record Counted<T>(T value, Transfers transfers) {}

  /** Counts what travels while some work is done, all of it on this thread. */
  public static <T> Counted<T> during(Supplier<T> work) {
    Transfers before = OF_THREAD.get();
    T value = work.get();
    Transfers after = OF_THREAD.get();
    return new Counted<>(
        value,
        new Transfers(
            after.uploads - before.uploads,
            after.uploadedBytes - before.uploadedBytes,
            after.downloads - before.downloads));
  }

  static void uploaded(long bytes) {
    Transfers of = OF_THREAD.get();
    OF_THREAD.set(new Transfers(of.uploads + 1, of.uploadedBytes + bytes, of.downloads));
  }

  static void downloaded() {
    Transfers of = OF_THREAD.get();
    OF_THREAD.set(new Transfers(of.uploads, of.uploadedBytes, of.downloads + 1));
  }
}
