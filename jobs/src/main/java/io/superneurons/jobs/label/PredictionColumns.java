package io.superneurons.jobs.label;

import io.superneurons.jobs.wave.ResultFiles;
import java.io.Serializable;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The columns of predictions.
 *
 * @param answers whether the model's own answer is among them
 * @param explains whether the vote of each neuron is among them
 */
record PredictionColumns(boolean answers, boolean explains) implements Serializable {
  static final String ANSWER = "answer";
  static final String EXPLANATION = "explanation";

  /** The files of predictions: those of failed rows have the same columns and folder. */
  ResultFiles files(String folder) {
    MessageType schema = schema();
    return new ResultFiles(schema, folder, schema, folder);
  }

  MessageType schema() {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (String name : new String[] {"id", "task", "image", "question", "label", "prediction"}) {
      builder.addField(text(name));
    }
    builder.addField(votes());
    builder.optional(PrimitiveTypeName.DOUBLE).named("margin");
    builder.optional(PrimitiveTypeName.DOUBLE).named("probability");
    builder.optional(PrimitiveTypeName.INT32).named("exit_layer");
    builder.addField(text("exit_part"));
    builder.addField(text("source"));
    builder.addField(text("status"));
    builder.addField(text("error_kind"));
    builder.addField(text("error"));
    builder.addField(text("image_version"));
    if (answers) {
      builder.addField(text(ANSWER));
    }
    if (explains) {
      builder.addField(explanation());
    }
    builder.addField(text("row_version")); // last: errors of earlier versions are without it
    return builder.named("predictions");
  }

  private static Type text(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type votes() {
    return ConversionPatterns.mapType(
        Repetition.OPTIONAL,
        "votes",
        Types.required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("key"),
        Types.required(PrimitiveTypeName.DOUBLE).named("value"));
  }

  private static Type explanation() {
    return ConversionPatterns.listOfElements(
        Repetition.OPTIONAL,
        EXPLANATION,
        Types.requiredGroup()
            .required(PrimitiveTypeName.INT32)
            .named("layer")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("site")
            .required(PrimitiveTypeName.INT32)
            .named("index")
            .required(PrimitiveTypeName.DOUBLE)
            .named("value")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("vote")
            .required(PrimitiveTypeName.DOUBLE)
            .named("weight")
            .named("element"));
  }
}
