package io.superneurons.jobs.parquet;

import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The columns of a table in Parquet, one after another; any value may be null. */
public final class TableColumns {
  private final Types.MessageTypeBuilder builder = Types.buildMessage();

  /** Columns of {@code String}. */
  public TableColumns strings(String... names) {
    for (String name : names) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    return this;
  }

  /** Columns of {@code Integer}. */
  public TableColumns integers(String... names) {
    return primitives(PrimitiveTypeName.INT32, names);
  }

  /** Columns of {@code Double}. */
  public TableColumns numbers(String... names) {
    return primitives(PrimitiveTypeName.DOUBLE, names);
  }

  /** Columns of {@code Boolean}. */
  public TableColumns flags(String... names) {
    return primitives(PrimitiveTypeName.BOOLEAN, names);
  }

  private TableColumns primitives(PrimitiveTypeName type, String... names) {
    for (String name : names) {
      builder.optional(type).named(name);
    }
    return this;
  }

  /** Columns of {@code double[]}. */
  public TableColumns lists(String... names) {
    for (String name : names) {
      builder.addField(
          ConversionPatterns.listOfElements(
              Repetition.OPTIONAL,
              name,
              Types.optional(PrimitiveTypeName.DOUBLE).named("element")));
    }
    return this;
  }

  /** Columns of {@code Map<String, Double>}. */
  public TableColumns maps(String... names) {
    for (String name : names) {
      builder.addField(
          ConversionPatterns.mapType(
              Repetition.OPTIONAL,
              name,
              Types.required(PrimitiveTypeName.BINARY)
                  .as(LogicalTypeAnnotation.stringType())
                  .named("key"),
              Types.required(PrimitiveTypeName.DOUBLE).named("value")));
    }
    return this;
  }

  /** The schema of a table of that name. */
  public TableSchema named(String name) {
    return new TableSchema(builder.named(name));
  }
}
