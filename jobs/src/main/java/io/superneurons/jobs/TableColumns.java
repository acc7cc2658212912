package io.superneurons.jobs;

import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The columns of a table in Parquet, one after another; any value may be null. */
final class TableColumns {
  private final Types.MessageTypeBuilder builder = Types.buildMessage();

  /** Columns of {@code String}. */
  TableColumns strings(String... names) {
    for (String name : names) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    return this;
  }

  /** Columns of {@code Integer}. */
  TableColumns integers(String... names) {
    return primitives(PrimitiveTypeName.INT32, names);
  }

  /** Columns of {@code Double}. */
  TableColumns numbers(String... names) {
    return primitives(PrimitiveTypeName.DOUBLE, names);
  }

  /** Columns of {@code Boolean}. */
  TableColumns flags(String... names) {
    return primitives(PrimitiveTypeName.BOOLEAN, names);
  }

  private TableColumns primitives(PrimitiveTypeName type, String... names) {
    for (String name : names) {
      builder.optional(type).named(name);
    }
    return this;
  }

  /** Columns of {@code double[]}. */
  TableColumns lists(String... names) {
    for (String name : names) {
      builder.addField(
          ConversionPatterns.listOfElements(
              Repetition.OPTIONAL,
              name,
              Types.optional(PrimitiveTypeName.DOUBLE).named("element")));
    }
    return this;
  }

  /** The schema of a table of that name. */
  MessageType named(String name) {
    return builder.named(name);
  }
}
