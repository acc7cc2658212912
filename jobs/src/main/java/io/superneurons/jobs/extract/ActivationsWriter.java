package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.Site;
import io.superneurons.jobs.extract.ExtractOptions.OnError;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.ResultWriter;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.model.pass.RowOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Makes a row of activations for each row that is done, and an error row for each that failed. */
public final class ActivationsWriter implements RowSink {
  /** The columns before those of activations. */
  public static final List<String> COLUMNS =
      List.of("id", "task", "split", "image", "question", "label", "answer");

  /** The columns after those, which activations of other programs go without. */
  private static final List<String> FURTHER = List.of("row_version", "image_sha256");

  private final ResultWriter out;
  private final List<LayerSite> columns;
  private final ActivationCodec codec;
  private final OnError onError;
  private final ExecutorModel model;
  private final Map<Site, SaturationCounter> counters = new EnumMap<>(Site.class);

  /** The files of activations with these columns. */
  static ResultFiles files(ActivationLayout layout) {
    List<String> vectors = layout.columns().stream().map(LayerSite::column).toList();
    List<String> strings = Stream.concat(COLUMNS.stream(), FURTHER.stream()).toList();
    return new ResultFiles(
        ParquetRows.schema("activations", strings, vectors),
        "",
        ParquetRows.schema("errors", RowError.COLUMNS, List.of()),
        OutputFolder.ERRORS);
  }

  ActivationsWriter(
      ResultWriter out,
      ActivationLayout layout,
      ActivationCodec codec,
      OnError onError,
      ExecutorModel model) {
    this.out = out;
    this.columns = layout.columns();
    this.codec = codec;
    this.onError = onError;
    this.model = model;
    layout.sites().forEach(site -> counters.put(site, new SaturationCounter()));
  }

  @Override
  public void done(ManifestRow row, String imageSha256, RowOutput result) throws IOException {
    Object[] values = new Object[COLUMNS.size() + FURTHER.size() + columns.size()];
    String answer = result.answerIds().length == 0 ? null : model.text(result.answerIds());
    Object[] strings = {
      row.id(),
      row.task(),
      row.split(),
      row.image(),
      row.question(),
      row.label(),
      answer,
      row.rowVersion(),
      imageSha256
    };
    System.arraycopy(strings, 0, values, 0, strings.length);
    for (int i = 0; i < columns.size(); i++) {
      LayerSite column = columns.get(i);
      values[strings.length + i] =
          codec.encode(result.activations().get(column), counters.get(column.site()));
    }
    out.row(values);
  }

  @Override
  public void failed(RowError error) throws IOException {
    if (onError == OnError.FAIL) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Row %s failed (%s): %s; --on-error skip goes on",
              error.row().id(),
              error.error().label(),
              error.detail()));
    }
    out.error(error.error(), error.toValues());
  }

  /** What was counted of the rows so far. */
  RowCounts counts() {
    return RowCounts.captured(
        model.computeType(), bySite(SaturationCounter::saturated), bySite(SaturationCounter::nan));
  }

  private Map<Site, Long> bySite(ToLongFunction<SaturationCounter> count) {
    Map<Site, Long> counts = new EnumMap<>(Site.class);
    counters.forEach((site, counter) -> counts.put(site, count.applyAsLong(counter)));
    return counts;
  }
}
