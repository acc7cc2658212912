package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.SampleTable;
import io.superneurons.jobs.input.EmbeddedImage;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.pass.BatchLimit;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ImageFiles;
import io.superneurons.jobs.pass.RowModel;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.torch.TorchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A model whose images are a number each: it gives each row that of its image, as long as a pass
 * has no more rows than fit.
 */
public class NumberModel implements RowModel {
  static final LayerSite COLUMN = new LayerSite(0, Site.RESID_POST);
  public static final int BROKEN = 99;

  /** Bytes of a prepared image. */
  public static final int IMAGE_BYTES = 3;

  private static final SampleTable TABLE = new SampleTable(new float[3 * SampleTable.SAMPLES]);

  public final List<String> outcomes = new ArrayList<>();
  public final List<Integer> passes = new ArrayList<>();
  public final AtomicInteger decoded = new AtomicInteger();
  private final Executor threads;
  private final int mostRows;

  public NumberModel(Executor threads) {
    this(threads, Integer.MAX_VALUE);
  }

  public NumberModel(Executor threads, int mostRows) {
    this.threads = threads;
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
    byte[] samples = {encoded[0], encoded[0], encoded[0]};
    PixelValues pixels = new PixelValues(samples, new int[] {3, 1, 1}, 1, TABLE);
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

  /** Takes rows through batches of it; what becomes of them is in {@link #outcomes}. */
  public void take(List<ManifestRow> rows, int batchSize) throws IOException, InterruptedException {
    take(rows, new BatchLimit(batchSize, 1 << 20), new Outcomes());
  }

  public void take(List<ManifestRow> rows, BatchLimit limit, RowSink sink)
      throws IOException, InterruptedException {
    ImageFiles files = new ImageFiles(new Configuration(false), 100, new EffortClock());
    BatchRunner runner =
        new BatchRunner(this, files, limit, batch -> PassPlan.of(Capture.of(List.of(COLUMN))));
    try (BatchRunner.Run run = runner.start(rows.iterator())) {
      while (run.hasNext()) {
        run.next(sink);
      }
    }
  }

  /** Rows on an image each, whose only value is its number. */
  public static List<ManifestRow> rows(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> row("" + i, i, "q")).toList();
  }

  public static ManifestRow row(String id, int image, String question) {
    byte[] bytes = {(byte) image};
    return new ManifestRow(
        id, "task", null, id, question, null, null, EmbeddedImage.of(bytes), null, null, null);
  }

  public static int value(RowInput row) {
    return row.image().pixels().samples()[0];
  }

  /** Keeps one line per row: its value, or its error. */
  public final class Outcomes implements RowSink {
    @Override
    public void done(ManifestRow row, String imageSha256, RowOutput output) {
      outcomes.add(row.id() + "=" + (int) output.activations().get(COLUMN)[0]);
    }

    @Override
    public void failed(RowError error) {
      outcomes.add(error.row().id() + ": " + error.error().label());
    }
  }
}
