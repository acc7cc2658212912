package io.superneurons.jobs;

import io.superneurons.model.RowOutput;
import io.superneurons.neuron.Prediction;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Writes a task's predictions; a row that failed has its error in place of a prediction. */
final class PredictionsWriter implements RowSink {
  /** {@code source} of a prediction by votes. */
  static final String SUPER_NEURONS = "super_neurons";

  private static final MessageType SCHEMA = schema();

  private final ModelWork.Files files;
  private final LabelPlan plan;
  private final ExecutorModel model;
  private final Runnable rowDone;
  private ParquetWriter<Object[]> rows;
  private long rowCount;
  private long errorCount;

  PredictionsWriter(ModelWork.Files files, LabelPlan plan, ExecutorModel model, Runnable rowDone) {
    this.files = files;
    this.plan = plan;
    this.model = model;
    this.rowDone = rowDone;
  }

  private static MessageType schema() {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (String name : new String[] {"id", "task", "image", "question", "label", "prediction"}) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    builder.addField(
        ConversionPatterns.mapType(
            Repetition.OPTIONAL,
            "votes",
            Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named("key"),
            Types.required(PrimitiveTypeName.DOUBLE).named("value")));
    builder.optional(PrimitiveTypeName.DOUBLE).named("margin");
    builder.optional(PrimitiveTypeName.INT32).named("exit_layer");
    for (String name : new String[] {"source", "error"}) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    return builder.named("predictions");
  }

  @Override
  public void done(ManifestRow row, RowOutput output) throws IOException {
    Prediction prediction = plan.classify(row, output);
    Map<String, Double> votes = prediction.votes();
    write(
        row,
        new Object[] {
          prediction.label(),
          votes,
          prediction.margin(),
          plan.task(row.task()).exitLayer(),
          SUPER_NEURONS,
          null
        });
    rowCount++;
  }

  @Override
  public void failed(RowError error) throws IOException {
    String text = error.error().label() + ": " + error.detail();
    write(error.row(), new Object[] {null, null, null, null, null, text});
    errorCount++;
  }

  private void write(ManifestRow row, Object[] outcome) throws IOException {
    if (rows == null) {
      rows = ParquetRows.open(files.conf(), files.path(""), SCHEMA);
    }
    Object[] values = new Object[SCHEMA.getFieldCount()];
    Object[] given = {row.id(), row.task(), row.image(), row.question(), row.label()};
    System.arraycopy(given, 0, values, 0, given.length);
    System.arraycopy(outcome, 0, values, given.length, outcome.length);
    rows.write(values);
    rowDone.run();
  }

  @Override
  public TaskCounts counts() {
    return new TaskCounts(rowCount, errorCount, Map.of(), Map.of(), model.computeType());
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }
}
