package io.superneurons.jobs.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks a file system several things at a time: a store answers each after a while. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * The results of calls, in the order of the calls.
   *
   * @param most calls at a time
   * @throws RuntimeException what the first call that failed threw
   */
  public static <T> List<T> call(List<Callable<T>> calls, int most) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(most, calls.size())));
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while files were looked at", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
