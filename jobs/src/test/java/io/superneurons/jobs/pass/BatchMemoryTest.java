package io.superneurons.jobs.pass;

import static io.superneurons.jobs.NumberModel.row;
import static io.superneurons.jobs.NumberModel.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.NumberModel;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchMemoryTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void largeImagesMakeSmallBatchesAndAreNotPreparedFarAhead() throws Exception {
    int twoImages = 2 * NumberModel.IMAGE_BYTES; // of one value each
    NumberModel model =
        new NumberModel(threads) {
          @Override
          public List<RowOutput> run(List<RowInput> rows, PassPlan plan)
              throws InterruptedException {
            Thread.sleep(20); // for what is ahead to be prepared
            int finished = passes.stream().mapToInt(Integer::intValue).sum();
            assertTrue(decoded.get() - finished <= 2 + 2 + 1, "decoded " + decoded.get());
            return super.run(rows, plan);
          }
        };
    model.take(rows(0, 9), new BatchLimit(8, twoImages), model.new Outcomes());
    assertEquals(List.of(2, 2, 2, 2, 1), model.passes);
    assertEquals(9, model.outcomes.size());
  }

  @Test
  void rowsOnOneImageTakeItsMemoryOnce() throws Exception {
    List<ManifestRow> rows =
        IntStream.range(0, 16).mapToObj(i -> row("" + i, i / 8, "q" + i)).toList();
    NumberModel model = new NumberModel(threads);
    model.take(rows, new BatchLimit(8, NumberModel.IMAGE_BYTES + 1), model.new Outcomes());
    assertEquals(List.of(8, 8), model.passes);
  }

  @Test
  void aPassThatDoesNotFitTheMemoryGoesOnWithHalfTheRows() throws Exception {
    NumberModel model = new NumberModel(threads, 3);
    model.take(rows(0, 19), 8);
    assertEquals(List.of(8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1), model.passes);
    assertEquals(
        rows(0, 19).stream().map(row -> row.id() + "=" + row.id()).toList(), model.outcomes);
  }

  @Test
  void aRowThatDoesNotFitAloneIsAnErrorRowWithAdvice() throws Exception {
    List<RowError> errors = new ArrayList<>();
    NumberModel model = new NumberModel(threads, 0);
    model.take(
        rows(0, 2),
        new BatchLimit(4, NumberModel.IMAGE_BYTES * 4),
        new RowSink() {
          @Override
          public void done(ManifestRow row, String imageSha256, RowOutput output) {
            throw new AssertionError(row.id());
          }

          @Override
          public void failed(RowError error) {
            errors.add(error);
          }
        });
    assertEquals(2, errors.size());
    for (RowError error : errors) {
      assertEquals(ErrorKind.MEMORY, error.error());
      assertTrue(error.detail().contains("CUDA out of memory"), error.detail());
      assertTrue(error.detail().contains("--max-pixels"), error.detail());
    }
  }
}
