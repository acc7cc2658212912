package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.image.ImageException;
import io.superneurons.jobs.RowError.Kind;
import io.superneurons.model.ImageInput;
import io.superneurons.model.ModelException;
import io.superneurons.model.RowInput;
import io.superneurons.model.RowOutput;
import io.superneurons.text.TextException;
import io.superneurons.torch.TorchException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Takes a partition's rows through the model in batches. A row that cannot be done becomes an error
 * and never ends the others.
 */
final class BatchRunner {
  private final ExecutorModel model;
  private final ImageFiles images;
  private final int batchSize;
  private final CapturePlan plan;
  private ManifestRow onImage;
  private ImageInput image;
  private RowError imageError;

  BatchRunner(ExecutorModel model, ImageFiles images, int batchSize, CapturePlan plan) {
    this.model = model;
    this.images = images;
    this.batchSize = batchSize;
    this.plan = plan;
  }

  /** Receives each row's outcome, in the order of the rows of a batch. */
  interface Sink {
    void done(ManifestRow row, RowOutput output) throws IOException;

    void failed(RowError error) throws IOException;
  }

  /**
   * Runs all rows.
   *
   * @param rows those on one image one after another, so that it is decoded once
   */
  void run(Iterator<ManifestRow> rows, Sink sink) throws IOException, InterruptedException {
    List<ManifestRow> batch = new ArrayList<>();
    List<RowInput> inputs = new ArrayList<>();
    while (rows.hasNext()) {
      ManifestRow row = rows.next();
      try {
        inputs.add(prepare(row));
        batch.add(row);
      } catch (RowFailure e) {
        sink.failed(e.error);
      }
      if (batch.size() == batchSize) {
        flush(batch, inputs, sink);
      }
    }
    flush(batch, inputs, sink);
  }

  private RowInput prepare(ManifestRow row) throws RowFailure {
    if (row.problem() != null) {
      throw new RowFailure(new RowError(row, row.problem().kind(), row.problem().detail()));
    }
    if (row.question() == null) {
      throw new RowFailure(
          new RowError(row, Kind.BAD_ROW, "Field question is missing, and its task has none"));
    }
    ImageInput input = image(row);
    try {
      return model.row(input, row.question());
    } catch (TextException e) {
      throw new RowFailure(new RowError(row, Kind.BAD_QUESTION, e.getMessage()));
    }
  }

  /** The row's image, decoded once for all rows that follow each other on it. */
  private ImageInput image(ManifestRow row) throws RowFailure {
    if (onImage == null || !row.sharesImageWith(onImage)) {
      onImage = row;
      image = null;
      imageError = null;
      try {
        image = model.prepare(images.read(row));
      } catch (FileNotFoundException e) {
        imageError = new RowError(row, Kind.IMAGE_NOT_FOUND, "No file " + e.getMessage());
      } catch (IOException e) {
        imageError = new RowError(row, Kind.IMAGE_NOT_READABLE, e.getMessage());
      } catch (ImageException | ModelException e) {
        imageError = new RowError(row, Kind.BAD_IMAGE, row.image() + ": " + e.getMessage());
      }
    }
    if (imageError != null) {
      throw new RowFailure(new RowError(row, imageError.error(), imageError.detail()));
    }
    return image;
  }

  private void flush(List<ManifestRow> batch, List<RowInput> inputs, Sink sink)
      throws IOException, InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<RowOutput> outputs = null;
    try {
      outputs = model.run(inputs, plan.of(batch));
    } catch (TorchException | ModelException e) {
      if (batch.size() == 1) {
        sink.failed(new RowError(batch.get(0), Kind.MODEL_FAILED, e.getMessage()));
      } else {
        oneByOne(batch, inputs, sink);
      }
    }
    for (int i = 0; outputs != null && i < batch.size(); i++) {
      finish(batch.get(i), outputs.get(i), sink);
    }
    batch.clear();
    inputs.clear();
  }

  /** One row of a batch may be what libtorch cannot do; the others are not to pay for it. */
  private void oneByOne(List<ManifestRow> batch, List<RowInput> inputs, Sink sink)
      throws IOException, InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      flush(new ArrayList<>(List.of(batch.get(i))), new ArrayList<>(List.of(inputs.get(i))), sink);
    }
  }

  private static void finish(ManifestRow row, RowOutput output, Sink sink) throws IOException {
    LayerSite notFinite = output.firstNotFinite();
    if (notFinite == null) {
      sink.done(row, output);
    } else {
      sink.failed(
          new RowError(
              row,
              Kind.NOT_FINITE,
              "The model gave NaN or infinity at " + notFinite + "; try --dtype float32"));
    }
  }

  /** Ends the preparation of one row. */
  private static final class RowFailure extends Exception {
    private final RowError error;

    RowFailure(RowError error) {
      super(error.detail());
      this.error = error;
    }
  }
}
