package io.superneurons.jobs.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Values of any simple type as texts, as Spark's cast to string makes them; times with a zone in
 * UTC, so that they do not depend on where they are read.
 */
public final class TableText {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  /** Without the zeros that end a second's fraction. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private TableText() {}

  /** Whether a column's values are texts, numbers, truth values or times, one in each row. */
  public static boolean isText(Type column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    return column.isPrimitive()
        && !column.isRepetition(Type.Repetition.REPEATED)
        && !(logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation)
        && !(logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation);
  }

  /** Whether a column's values are the bytes of texts, of which {@link #of} makes none. */
  public static boolean isEncoded(Type column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    PrimitiveTypeName stored = column.asPrimitiveType().getPrimitiveTypeName();
    return (stored == PrimitiveTypeName.BINARY || stored == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        && !(logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation)
        && !(logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation);
  }

  /** Whether a column has a list of texts in each row, as Parquet lays lists out. */
  public static boolean isListOfTexts(Type column) {
    return column.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        && !column.isPrimitive()
        && column.asGroupType().getFieldCount() == 1
        && !column.asGroupType().getType(0).isPrimitive()
        && column.asGroupType().getType(0).asGroupType().getFieldCount() == 1
        && isText(column.asGroupType().getType(0).asGroupType().getType(0));
  }

  /** The texts of a {@linkplain #isListOfTexts list}, null where one is. */
  public static List<String> list(Group row, String column) {
    Group list = row.getGroup(column, 0);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      Group element = list.getGroup(0, i);
      boolean isNull = element.getFieldRepetitionCount(0) == 0;
      texts.add(isNull ? null : element.getValueToString(0, 0));
    }
    return texts;
  }

  /** A column's type, for messages. */
  public static String describe(Type column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    if (column.isRepetition(Type.Repetition.REPEATED)
        || logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
      return "an array";
    }
    if (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
      return "a map";
    }
    if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
      return logical.toString();
    }
    return column.isPrimitive()
        ? column.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT)
        : "a struct";
  }

  /**
   * The text of a value that is not null, of a column that {@linkplain #isText has texts} and not
   * {@linkplain #isEncoded their bytes}.
   *
   * @return null where it is NaN or infinite
   */
  public static String of(Group row, String column) {
    PrimitiveType type = row.getType().getType(column).asPrimitiveType();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Boolean.toString(row.getBoolean(column, 0));
      case FLOAT -> number(row.getFloat(column, 0));
      case DOUBLE -> number(row.getDouble(column, 0));
      case INT32 -> integer(type, row.getInteger(column, 0));
      case INT64 -> integer(type, row.getLong(column, 0));
      case INT96 -> time(NanoTime.fromBinary(row.getInt96(column, 0)));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(type, row, column);
    };
  }

  private static String number(float value) {
    return Float.isFinite(value) ? Float.toString(value) : null;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : null;
  }

  private static String integer(PrimitiveType type, long value) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
      return BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time) {
      return TIME.format(
          LocalDateTime.ofInstant(Instant.EPOCH.plus(value, unit(time.getUnit())), ZoneOffset.UTC));
    }
    if (logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation time) {
      return LocalTime.MIDNIGHT.plus(value, unit(time.getUnit())).toString();
    }
    boolean isUnsigned =
        logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
            && !number.isSigned();
    if (isUnsigned) {
      return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
          ? Integer.toUnsignedString((int) value)
          : Long.toUnsignedString(value);
    }
    return Long.toString(value);
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  private static String time(NanoTime time) {
    LocalDate day = LocalDate.ofEpochDay(time.getJulianDay() - JULIAN_DAY_OF_EPOCH);
    return TIME.format(day.atTime(LocalTime.ofNanoOfDay(time.getTimeOfDayNanos())));
  }

  private static String bytes(PrimitiveType type, Group row, String column) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled = new BigInteger(row.getBinary(column, 0).getBytes());
      return new BigDecimal(unscaled, decimal.getScale()).toPlainString();
    }
    ByteBuffer bytes = row.getBinary(column, 0).toByteBuffer();
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
