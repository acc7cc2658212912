package io.superneurons.jobs.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.ImageSize;
import io.superneurons.jobs.NumberModel;
import io.superneurons.model.vision.ImageInput;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeMemoryTest {
  private static final ImageSize IMAGE = new ImageSize(100, 100);
  private static final int BYTES = 100 * 100 * 6;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void imagesThatFitOneAtATimeWaitForEachOther() throws Exception {
    DecodeMemory memory = new DecodeMemory(BYTES * 3 / 2);
    AtomicInteger now = new AtomicInteger();
    Callable<Boolean> alone =
        () ->
            memory.decode(
                IMAGE,
                () -> {
                  boolean first = now.incrementAndGet() == 1;
                  Thread.yield();
                  now.decrementAndGet();
                  return first;
                });
    for (Future<Boolean> decoded :
        threads.invokeAll(Stream.generate(() -> alone).limit(200).toList())) {
      assertTrue(decoded.get());
    }
  }

  @Test
  void imagesThatFitTogetherAreDecodedTogether() throws Exception {
    requireTwoAtOnce(new DecodeMemory(BYTES * 2L));
  }

  /** Two decoders, each of which ends only once both have begun. */
  private void requireTwoAtOnce(DecodeMemory memory) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Callable<Boolean> waiting =
        () ->
            memory.decode(
                IMAGE,
                () -> {
                  both.countDown();
                  return awaited(both);
                });
    for (Future<Boolean> decoded : threads.invokeAll(List.of(waiting, waiting))) {
      assertTrue(decoded.get());
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anImageThatCanNeverFitIsNotTriedAndTheMessageNamesBytesAndHeap() {
    DecodeMemory memory = new DecodeMemory(BYTES - 1);
    AtomicInteger tries = new AtomicInteger();
    String message =
        assertThrows(
                NotEnoughMemoryException.class, () -> memory.decode(IMAGE, tries::incrementAndGet))
            .getMessage();
    assertEquals(0, tries.get());
    assertTrue(message.startsWith("100 x 100 pixels take 60,000 bytes or more"), message);
    assertTrue(message.contains("has 59,999 for that in a heap of "), message);
  }

  @Test
  void afterAnOutOfMemoryErrorAnImageIsTriedAloneAndLeavesItsShare() throws Exception {
    DecodeMemory memory = new DecodeMemory(BYTES * 2L);
    AtomicInteger tries = new AtomicInteger();
    String done =
        memory.decode(
            IMAGE,
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("Java heap space");
              }
              return "done";
            });
    assertEquals("done", done);
    assertThrows(
        NotEnoughMemoryException.class,
        () ->
            memory.decode(
                IMAGE,
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }));
    requireTwoAtOnce(memory);
  }

  @Test
  void tooLittleMemoryIsAnErrorOfItsRowAndCostsNoOther() throws Exception {
    NumberModel model =
        new NumberModel(threads) {
          @Override
          public ImageInput prepare(byte[] encoded) {
            if (encoded[0] == 1) {
              throw new NotEnoughMemoryException("100 x 100 pixels");
            }
            if (encoded[0] == 2) {
              throw new OutOfMemoryError("Java heap space");
            }
            return super.prepare(encoded);
          }
        };
    model.take(NumberModel.rows(0, 4), 2);
    assertEquals(List.of("1: memory", "2: memory", "0=0", "3=3"), model.outcomes);
  }
}
