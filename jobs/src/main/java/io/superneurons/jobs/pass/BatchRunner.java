package io.superneurons.jobs.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.pass.RowPreparation.Prepared;
import io.superneurons.jobs.pass.RowPreparation.Started;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ModelException;
import io.superneurons.torch.TorchException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the rows of a Spark task through the model in batches, while other threads prepare the rows
 * of the next batch. A row that cannot be done becomes an error and never ends the others.
 */
public final class BatchRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final RowModel model;
  private final ImageFiles images;
  private final BatchLimit limit;
  private final CapturePlan plan;
  private int rowsOfPass;

  public BatchRunner(RowModel model, ImageFiles images, BatchLimit limit, CapturePlan plan) {
    this.model = model;
    this.images = images;
    this.limit = limit;
    this.plan = plan;
    this.rowsOfPass = limit.rows();
  }

  /**
   * Begins to run rows. At most a batch of them is prepared ahead of the one that runs, and less
   * where their images are large.
   *
   * @param rows those on one image one after another, so that it is decoded once
   */
  public Run start(Iterator<ManifestRow> rows) {
    return new Run(rows, new RowPreparation(model, images));
  }

  /** Rows that are being run, one batch each time the next one is asked for. */
  public final class Run implements AutoCloseable {
    private final Iterator<ManifestRow> rows;
    private final RowPreparation preparation;
    private final Queue<Started> ahead = new ArrayDeque<>();
    private int imagesAhead;
    private long largestImage;

    private Run(Iterator<ManifestRow> rows, RowPreparation preparation) {
      this.rows = rows;
      this.preparation = preparation;
    }

    /** Whether rows are left. */
    public boolean hasNext() {
      return rows.hasNext() || !ahead.isEmpty();
    }

    /** Runs the next batch; the sink also receives rows that failed before they came to run. */
    public void next(RowSink sink) throws IOException, InterruptedException {
      List<Prepared> batch = new ArrayList<>();
      long pixels = 0;
      ImageInput last = null;
      while (batch.size() < limit.rows() && pixels < limit.pixelBytes() && hasNext()) {
        Prepared row = nextRow();
        if (row.error() != null) {
          sink.failed(row.error());
          continue;
        }
        batch.add(row);
        if (row.input().image() != last) {
          last = row.input().image();
          long own = last.pixels().samples().length;
          pixels += own;
          largestImage = Math.max(largestImage, own);
        }
      }
      inPasses(batch, sink);
    }

    private Prepared nextRow() throws InterruptedException {
      while (rows.hasNext()
          && ahead.size() <= limit.rows()
          && limit.hasRoom(imagesAhead, largestImage)) {
        Started row = preparation.start(rows.next());
        ahead.add(row);
        imagesAhead += row.ownImage() ? 1 : 0;
      }
      Started first = ahead.remove();
      imagesAhead -= first.ownImage() ? 1 : 0;
      return awaited(first.row());
    }

    @Override
    public void close() {
      preparation.close();
    }
  }

  private static Prepared awaited(Future<Prepared> row) throws InterruptedException {
    try {
      return row.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Runs a batch in passes of as many rows as the memory was found to hold. */
  private void inPasses(List<Prepared> batch, RowSink sink)
      throws IOException, InterruptedException {
    for (int from = 0, to; from < batch.size(); from = to) {
      to = Math.min(batch.size(), from + rowsOfPass);
      pass(batch.subList(from, to), sink);
    }
  }

  private void pass(List<Prepared> batch, RowSink sink) throws IOException, InterruptedException {
    List<RowOutput> outputs;
    try {
      outputs =
          model.run(
              batch.stream().map(Prepared::input).toList(),
              plan.plan(batch.stream().map(Prepared::row).toList()));
    } catch (TorchException e) {
      if (e.deviceFailed()) {
        throw new DeviceFailedError(e);
      }
      if (e.outOfMemory()) {
        withLess(batch, e, sink);
      } else {
        oneByOne(batch, e.getMessage(), sink);
      }
      return;
    } catch (ModelException e) {
      oneByOne(batch, e.getMessage(), sink);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      finish(batch.get(i), outputs.get(i), sink);
    }
  }

  /** Goes on with half as many rows in one pass, for the rest of the Spark task. */
  private void withLess(List<Prepared> batch, TorchException e, RowSink sink)
      throws IOException, InterruptedException {
    if (batch.size() == 1) {
      String detail =
          String.format(
                  Locale.ROOT,
                  "Not enough memory for this row alone: %s; give the executor more memory, or try",
                  e.getMessage())
              + " --dtype bfloat16, or --max-pixels or --max-tiles where the model has it";
      sink.failed(new RowError(batch.get(0).row(), ErrorKind.MEMORY, detail));
      return;
    }
    rowsOfPass = (batch.size() + 1) / 2;
    LOG.warn(
        "Not enough memory for a pass of {} rows; going on with {} (see --batch-size)",
        batch.size(),
        rowsOfPass);
    inPasses(batch, sink);
  }

  /** Runs every row by itself: a single one may be what libtorch cannot do. */
  private void oneByOne(List<Prepared> batch, String detail, RowSink sink)
      throws IOException, InterruptedException {
    if (batch.size() == 1) {
      sink.failed(new RowError(batch.get(0).row(), ErrorKind.MODEL_FAILED, detail));
      return;
    }
    for (Prepared row : batch) {
      pass(List.of(row), sink);
    }
  }

  private static void finish(Prepared prepared, RowOutput output, RowSink sink) throws IOException {
    LayerSite notFinite = output.firstNotFinite();
    if (notFinite == null) {
      sink.done(prepared.row(), prepared.imageSha256(), output);
    } else {
      sink.failed(
          new RowError(
              prepared.row(),
              ErrorKind.NOT_FINITE,
              "The model gave NaN or infinity at " + notFinite + "; try --dtype float32"));
    }
  }
}
