package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.model.Capture;
import io.superneurons.model.ImageInput;
import io.superneurons.model.PassPlan;
import io.superneurons.model.RowInput;
import io.superneurons.model.RowOutput;
import io.superneurons.torch.TorchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.util.control.NonFatal;

class BatchRunnerTest {
  private static final LayerSite COLUMN = new LayerSite(0, Site.RESID_POST);
  private static final int BROKEN = 99;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<String> outcomes = new ArrayList<>();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void outcomesComeInTheOrderOfTheRowsAndErrorsStayWithTheirs() throws Exception {
    List<ManifestRow> rows = new ArrayList<>(rows(0, 7));
    rows.add(3, row("broken", BROKEN, "q"));
    rows.add(5, row("silent", 5, null));
    run(new Model(), rows, 3);
    assertEquals(
        List.of(
            "0=0",
            "1=1",
            "2=2",
            "broken: bad_image",
            "silent: bad_row",
            "3=3",
            "4=4",
            "5=5",
            "6=6"),
        outcomes);
  }

  @Test
  void anImageIsDecodedOnceForTheRowsThatFollowEachOtherOnIt() throws Exception {
    List<ManifestRow> rows =
        IntStream.range(0, 12).mapToObj(i -> row("" + i, i / 4, "q" + i)).toList();
    Model model = new Model();
    run(model, rows, 5);
    assertEquals(3, model.decoded.get());
    assertEquals(12, outcomes.size());
  }

  @Test
  void theNextBatchIsPreparedWhileAPassRunsAndNoMore() throws Exception {
    CountDownLatch nextIsReady = new CountDownLatch(2 * 4);
    Model model =
        new Model() {
          @Override
          public ImageInput prepare(byte[] encoded) {
            ImageInput image = super.prepare(encoded);
            nextIsReady.countDown();
            return image;
          }

          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            assertTrue(nextIsReady.await(60, TimeUnit.SECONDS));
            int finished = passes.stream().mapToInt(Integer::intValue).sum();
            assertTrue(decoded.get() - finished <= 2 * 4, "decoded " + decoded.get());
            return super.run(rows, plan);
          }
        };
    run(model, rows(0, 40), 4);
    assertEquals(Collections.nCopies(10, 4), model.passes);
  }

  @Test
  void largeImagesMakeSmallBatchesAndAreNotPreparedFarAhead() throws Exception {
    int twoImages = 2 * Float.BYTES; // of one value each
    Model model =
        new Model() {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            Thread.sleep(20); // for what is ahead to be prepared
            int finished = passes.stream().mapToInt(Integer::intValue).sum();
            assertTrue(decoded.get() - finished <= 2 + 2 + 1, "decoded " + decoded.get());
            return super.run(rows, plan);
          }
        };
    run(runner(model, new BatchLimit(8, twoImages)), rows(0, 9), sink());
    assertEquals(List.of(2, 2, 2, 2, 1), model.passes);
    assertEquals(9, outcomes.size());
  }

  @Test
  void rowsOnOneImageTakeItsMemoryOnce() throws Exception {
    List<ManifestRow> rows =
        IntStream.range(0, 16).mapToObj(i -> row("" + i, i / 8, "q" + i)).toList();
    Model model = new Model();
    run(runner(model, new BatchLimit(8, Float.BYTES + 1)), rows, sink());
    assertEquals(List.of(8, 8), model.passes);
  }

  @Test
  void aPassThatDoesNotFitTheMemoryGoesOnWithHalfTheRows() throws Exception {
    Model model = new Model(3);
    run(model, rows(0, 19), 8);
    assertEquals(List.of(8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1), model.passes);
    assertEquals(rows(0, 19).stream().map(row -> row.id() + "=" + row.id()).toList(), outcomes);
  }

  @Test
  void aRowThatDoesNotFitAloneIsAnErrorRowWithAdvice() throws Exception {
    List<RowError> errors = new ArrayList<>();
    run(
        runner(new Model(0), 4),
        rows(0, 2),
        new BatchRunner.Sink() {
          @Override
          public void done(ManifestRow row, RowOutput output) {
            throw new AssertionError(row.id());
          }

          @Override
          public void failed(RowError error) {
            errors.add(error);
          }
        });
    assertEquals(2, errors.size());
    for (RowError error : errors) {
      assertEquals(RowError.Kind.MODEL_FAILED, error.error());
      assertTrue(error.detail().contains("CUDA out of memory"), error.detail());
      assertTrue(error.detail().contains("--max-pixels"), error.detail());
    }
  }

  @Test
  void aRowThatLibtorchCannotDoDoesNotCostTheOthers() throws Exception {
    Model model =
        new Model() {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            if (rows.stream().anyMatch(row -> value(row) == 2)) {
              throw new TorchException("layer: sizes do not match");
            }
            return super.run(rows, plan);
          }
        };
    run(model, rows(0, 4), 4);
    assertEquals(List.of("0=0", "1=1", "2: model_failed", "3=3"), outcomes);
  }

  @Test
  void aGpuThatFailedEndsTheExecutorAndMakesNoErrorRows() {
    Model model =
        new Model() {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan) {
            throw new TorchException("layer: CUDA error: an illegal memory access was encountered");
          }
        };
    Throwable e = assertThrows(DeviceFailedError.class, () -> run(model, rows(0, 3), 2));
    assertFalse(NonFatal.apply(e), "what Spark ends an executor for");
    assertTrue(outcomes.isEmpty());
  }

  @Test
  void anInterruptEndsTheTaskAndWhatWasAhead() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    Model model =
        new Model() {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            runs.countDown();
            new CountDownLatch(1).await(); // until interrupted
            return List.of();
          }
        };
    List<Throwable> thrown = new ArrayList<>();
    Thread task =
        new Thread(
            () -> thrown.add(assertThrows(Throwable.class, () -> run(model, rows(0, 9), 2))));
    task.start();
    runs.await();
    task.interrupt();
    task.join();
    assertInstanceOf(InterruptedException.class, thrown.get(0));
    assertTrue(outcomes.isEmpty());
    threads.shutdown();
    assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    assertTrue(model.decoded.get() <= 2 * 2 + 1, "decoded " + model.decoded.get());
  }

  @Test
  void whatNoRowIsToBlameForEndsTheTask() {
    Model model =
        new Model() {
          @Override
          public RowInput row(ImageInput image, String question) {
            throw new IllegalStateException("the tokenizer was closed");
          }
        };
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> run(model, rows(0, 3), 2));
    assertEquals("the tokenizer was closed", e.getMessage());
    assertFalse(threads.isShutdown());
  }

  private void run(Model model, List<ManifestRow> rows, int batchSize) throws Exception {
    run(runner(model, batchSize), rows, sink());
  }

  private BatchRunner.Sink sink() {
    return new BatchRunner.Sink() {
      @Override
      public void done(ManifestRow row, RowOutput output) {
        outcomes.add(row.id() + "=" + (int) output.activations().get(COLUMN)[0]);
      }

      @Override
      public void failed(RowError error) {
        outcomes.add(error.row().id() + ": " + error.error().label());
      }
    };
  }

  private static void run(BatchRunner runner, List<ManifestRow> rows, BatchRunner.Sink sink)
      throws Exception {
    try (BatchRunner.Run run = runner.start(rows.iterator())) {
      while (run.hasNext()) {
        run.next(sink);
      }
    }
  }

  private static BatchRunner runner(Model model, int batchSize) {
    return runner(model, new BatchLimit(batchSize, 1 << 20));
  }

  private static BatchRunner runner(Model model, BatchLimit limit) {
    ImageFiles files = new ImageFiles(new Configuration(false), 100, new TaskClock());
    return new BatchRunner(model, files, limit, rows -> PassPlan.of(Capture.of(List.of(COLUMN))));
  }

  /** Rows on an image each, whose only value is its number. */
  private static List<ManifestRow> rows(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> row("" + i, i, "q")).toList();
  }

  private static ManifestRow row(String id, int image, String question) {
    byte[] bytes = {(byte) image};
    return new ManifestRow(id, "task", null, id, question, null, null, bytes, null, null);
  }

  private static int value(RowInput row) {
    return (int) row.image().pixels().data()[0];
  }

  /** Gives each row its image's value, as long as a pass has no more rows than fit. */
  private class Model implements RowModel {
    final List<Integer> passes = new ArrayList<>();
    final AtomicInteger decoded = new AtomicInteger();
    private final int mostRows;

    Model() {
      this(Integer.MAX_VALUE);
    }

    Model(int mostRows) {
      this.mostRows = mostRows;
    }

    @Override
    public Executor preparation() {
      return threads;
    }

    @Override
    public ImageInput prepare(byte[] encoded) {
      decoded.incrementAndGet();
      if (encoded[0] == BROKEN) {
        throw new ImageException("cut short");
      }
      PixelValues pixels = new PixelValues(new float[] {encoded[0]}, new int[] {1, 1, 1});
      return new ImageInput(pixels, 1, new ImageSize(1, 1));
    }

    @Override
    public RowInput row(ImageInput image, String question) {
      return new RowInput(image, new long[] {1});
    }

    @Override
    public List<RowOutput> run(List<RowInput> rows, PassPlan plan) throws InterruptedException {
      passes.add(rows.size());
      if (rows.size() > mostRows) {
        throw new TorchException("layer: CUDA out of memory. Tried to allocate 9.00 GiB");
      }
      return rows.stream()
          .map(
              row -> {
                TreeMap<LayerSite, float[]> values = new TreeMap<>();
                values.put(COLUMN, new float[] {value(row)});
                return new RowOutput(values, new long[0]);
              })
          .toList();
    }
  }
}
