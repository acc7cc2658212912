package io.superneurons.jobs;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.Site;
import io.superneurons.jobs.ExtractOptions.OnError;
import io.superneurons.model.RowOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a task's rows of activations, and its failed rows into {@code _errors/}. A file is made
 * when its first row comes.
 */
final class ActivationsWriter implements RowSink {
  /** Where failed rows go, below the output folder. */
  static final String ERRORS = "_errors";

  static final List<String> COLUMNS =
      List.of("id", "task", "split", "image", "question", "label", "answer");

  private final ModelWork.Files files;
  private final List<LayerSite> columns;
  private final ActivationCodec codec;
  private final OnError onError;
  private final ExecutorModel model;
  private final Runnable rowDone;
  private final Map<Site, SaturationCounter> counters = new EnumMap<>(Site.class);
  private ParquetWriter<Object[]> rows;
  private ParquetWriter<Object[]> errors;
  private long rowCount;
  private long errorCount;

  ActivationsWriter(
      ModelWork.Files files,
      ActivationLayout layout,
      ActivationCodec codec,
      OnError onError,
      ExecutorModel model,
      Runnable rowDone) {
    this.files = files;
    this.columns = layout.columns();
    this.codec = codec;
    this.onError = onError;
    this.model = model;
    this.rowDone = rowDone;
    layout.widths().keySet().forEach(site -> counters.put(site, new SaturationCounter()));
  }

  @Override
  public void done(ManifestRow row, RowOutput result) throws IOException {
    if (rows == null) {
      List<String> vectors = columns.stream().map(LayerSite::column).toList();
      rows = open("", ParquetRows.schema("activations", COLUMNS, vectors));
    }
    Object[] values = new Object[COLUMNS.size() + columns.size()];
    String answer = result.answerIds().length == 0 ? null : model.text(result.answerIds());
    Object[] strings = {
      row.id(), row.task(), row.split(), row.image(), row.question(), row.label(), answer
    };
    System.arraycopy(strings, 0, values, 0, strings.length);
    for (int i = 0; i < columns.size(); i++) {
      LayerSite column = columns.get(i);
      values[strings.length + i] =
          codec.encode(result.activations().get(column), counters.get(column.site()));
    }
    rows.write(values);
    rowCount++;
    rowDone.run();
  }

  @Override
  public void failed(RowError error) throws IOException {
    if (onError == OnError.FAIL) {
      throw new IllegalStateException(
          "Row %s failed (%s): %s; --on-error skip goes on"
              .formatted(error.row().id(), error.error().label(), error.detail()));
    }
    if (errors == null) {
      errors = open(ERRORS, ParquetRows.schema("errors", RowError.COLUMNS, List.of()));
    }
    errors.write(error.toValues());
    errorCount++;
    rowDone.run();
  }

  private ParquetWriter<Object[]> open(String folder, MessageType schema) throws IOException {
    return ParquetRows.open(files.conf(), files.path(folder), schema);
  }

  @Override
  public TaskCounts counts() {
    return new TaskCounts(
        rowCount,
        errorCount,
        bySite(SaturationCounter::saturated),
        bySite(SaturationCounter::nan),
        model.computeType());
  }

  private Map<Site, Long> bySite(ToLongFunction<SaturationCounter> count) {
    Map<Site, Long> counts = new EnumMap<>(Site.class);
    counters.forEach((site, counter) -> counts.put(site, count.applyAsLong(counter)));
    return counts;
  }

  @Override
  public void close() throws IOException {
    try {
      if (rows != null) {
        rows.close();
      }
    } finally {
      if (errors != null) {
        errors.close();
      }
    }
  }
}
