package io.superneurons.jobs.pass;

import static io.superneurons.jobs.NumberModel.BROKEN;
import static io.superneurons.jobs.NumberModel.row;
import static io.superneurons.jobs.NumberModel.rows;
import static io.superneurons.jobs.NumberModel.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.NumberModel;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.torch.TorchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.util.control.NonFatal;

class BatchRunnerTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void outcomesComeInTheOrderOfTheRowsAndErrorsStayWithTheirs() throws Exception {
    List<ManifestRow> rows = new ArrayList<>(rows(0, 7));
    rows.add(3, row("broken", BROKEN, "q"));
    rows.add(5, row("silent", 5, null));
    NumberModel model = new NumberModel(threads);
    model.take(rows, 3);
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
        model.outcomes);
  }

  @Test
  void anImageIsDecodedOnceForTheRowsThatFollowEachOtherOnIt() throws Exception {
    List<ManifestRow> rows =
        IntStream.range(0, 12).mapToObj(i -> row("" + i, i / 4, "q" + i)).toList();
    NumberModel model = new NumberModel(threads);
    model.take(rows, 5);
    assertEquals(3, model.decoded.get());
    assertEquals(12, model.outcomes.size());
  }

  @Test
  void theNextBatchIsPreparedWhileAPassRunsAndNoMore() throws Exception {
    CountDownLatch nextIsReady = new CountDownLatch(2 * 4);
    NumberModel model =
        new NumberModel(threads) {
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
    model.take(rows(0, 40), 4);
    assertEquals(Collections.nCopies(10, 4), model.passes);
  }

  @Test
  void aNumberThatIsNoFileIsToldToBeAnotherRowsImage() throws Exception {
    List<String> details = new ArrayList<>();
    RowSink sink =
        new RowSink() {
          @Override
          public void done(ManifestRow row, String imageSha256, RowOutput output) {
            throw new AssertionError(row.id());
          }

          @Override
          public void failed(RowError error) {
            details.add(error.error().label() + ": " + error.detail());
          }
        };
    List<ManifestRow> rows =
        Stream.of("0", "no.png")
            .map(
                image ->
                    new ManifestRow(
                        image,
                        "t",
                        null,
                        image,
                        "q",
                        null,
                        "file:/none/" + image,
                        null,
                        null,
                        null,
                        null))
            .toList();
    new NumberModel(threads).take(rows, new BatchLimit(2, 1 << 20), sink);
    assertEquals(2, details.size());
    assertTrue(details.get(0).contains("stands for the image of another row"), details.get(0));
    assertEquals("image_not_found: No file file:/none/no.png", details.get(1));
  }

  @Test
  void aRowThatLibtorchCannotDoDoesNotCostTheOthers() throws Exception {
    NumberModel model =
        new NumberModel(threads) {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            if (rows.stream().anyMatch(row -> value(row) == 2)) {
              throw new TorchException("layer: sizes do not match");
            }
            return super.run(rows, plan);
          }
        };
    model.take(rows(0, 4), 4);
    assertEquals(List.of("0=0", "1=1", "2: model_failed", "3=3"), model.outcomes);
  }

  @Test
  void aGpuThatFailedEndsTheExecutorAndMakesNoErrorRows() {
    NumberModel model =
        new NumberModel(threads) {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan) {
            throw new TorchException("layer: CUDA error: an illegal memory access was encountered");
          }
        };
    Throwable e = assertThrows(DeviceFailedError.class, () -> model.take(rows(0, 3), 2));
    assertFalse(NonFatal.apply(e), "what Spark ends an executor for");
    assertTrue(model.outcomes.isEmpty());
  }

  @Test
  void anInterruptEndsTheTaskAndWhatWasAhead() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    NumberModel model =
        new NumberModel(threads) {
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
            () -> thrown.add(assertThrows(Throwable.class, () -> model.take(rows(0, 9), 2))));
    task.start();
    runs.await();
    task.interrupt();
    task.join();
    assertInstanceOf(InterruptedException.class, thrown.get(0));
    assertTrue(model.outcomes.isEmpty());
    threads.shutdown();
    assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    assertTrue(model.decoded.get() <= 2 * 2 + 1, "decoded " + model.decoded.get());
  }

  @Test
  void whatNoRowIsToBlameForEndsTheTask() {
    NumberModel model =
        new NumberModel(threads) {
          @Override
          public RowInput row(ImageInput image, String question) {
            throw new IllegalStateException("the tokenizer was closed");
          }
        };
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> model.take(rows(0, 3), 2));
    assertEquals("the tokenizer was closed", e.getMessage());
    assertFalse(threads.isShutdown());
  }
}
