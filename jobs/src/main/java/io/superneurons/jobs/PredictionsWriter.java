package io.superneurons.jobs;

import io.superneurons.model.RowOutput;
import io.superneurons.neuron.ActivationSource;
import io.superneurons.neuron.Prediction;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Makes predictions of a task's outcomes; a row that failed has its error in place of one. */
final class PredictionsWriter implements RowSink {
  /** {@code source} of a prediction by votes. */
  static final String SUPER_NEURONS = "super_neurons";

  private static final MessageType SCHEMA = schema();

  private final ResultWriter out;
  private final LabelPlan plan;
  private final ExecutorModel model;
  private final Map<RowError.Kind, Long> errors = new EnumMap<>(RowError.Kind.class);
  private final Map<String, LabelCounts> labels = new TreeMap<>();
  private long rowCount;

  PredictionsWriter(ResultWriter out, LabelPlan plan, ExecutorModel model) {
    this.out = out;
    this.plan = plan;
    this.model = model;
  }

  /** The files of predictions: those of failed rows have the same columns and folder. */
  static ResultFiles files(String folder) {
    return new ResultFiles(SCHEMA, folder, SCHEMA, folder);
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
    for (String name : new String[] {"source", "error", "image_version"}) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    return builder.named("predictions");
  }

  @Override
  public void done(ManifestRow row, RowOutput output) throws IOException {
    ActivationSource activations = plan.activations(output);
    Prediction prediction = plan.classify(row, activations);
    Map<String, Double> votes = prediction.votes();
    out.row(
        values(
            row,
            prediction.label(),
            votes,
            prediction.margin(),
            plan.task(row.task()).exitLayer(),
            SUPER_NEURONS,
            null));
    rowCount++;
    count(row, prediction.label(), activations);
  }

  private void count(ManifestRow row, String label, ActivationSource activations) {
    TaskSuperNeurons task = plan.task(row.task());
    String exit = LabelCounts.exit(SUPER_NEURONS, task.exitLayer());
    labels
        .computeIfAbsent(task.task(), name -> LabelCounts.none(task))
        .add(task, label, exit, activations);
  }

  @Override
  public void failed(RowError error) throws IOException {
    String text = error.error().label() + ": " + error.detail();
    out.error(error.error(), values(error.row(), null, null, null, null, null, text));
    errors.merge(error.error(), 1L, Long::sum);
  }

  private static Object[] values(ManifestRow row, Object... outcome) {
    Object[] values = new Object[SCHEMA.getFieldCount()];
    Object[] given = {row.id(), row.task(), row.image(), row.question(), row.label()};
    System.arraycopy(given, 0, values, 0, given.length);
    System.arraycopy(outcome, 0, values, given.length, outcome.length);
    values[values.length - 1] = row.version();
    return values;
  }

  @Override
  public TaskCounts counts() {
    return new TaskCounts(
        rowCount, errors, Map.of(), Map.of(), model.computeType(), labels, Effort.NONE);
  }
}
