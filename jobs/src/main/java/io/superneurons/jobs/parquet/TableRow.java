package io.superneurons.jobs.parquet;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.parquet.example.data.Group;

/**
 * A row of a table. Any column may be null; methods that return a plain type must not be asked for
 * a column that is.
 */
public record TableRow(Group group) {

  public boolean isNull(String column) {
    return group.getFieldRepetitionCount(column) == 0;
  }

  public String text(String column) {
    return group.getString(column, 0);
  }

  public int integer(String column) {
    return group.getInteger(column, 0);
  }

  public double number(String column) {
    return group.getDouble(column, 0);
  }

  /** Empty where it is null. */
  public OptionalDouble numberIfAny(String column) {
    return isNull(column) ? OptionalDouble.empty() : OptionalDouble.of(number(column));
  }

  /** Empty where it is null. */
  public OptionalInt integerIfAny(String column) {
    return isNull(column) ? OptionalInt.empty() : OptionalInt.of(integer(column));
  }

  public boolean flag(String column) {
    return group.getBoolean(column, 0);
  }
}
