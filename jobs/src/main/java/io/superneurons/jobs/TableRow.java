package io.superneurons.jobs;

import java.util.OptionalDouble;
import org.apache.parquet.example.data.Group;

/**
 * A row of a table; a column of any kind may be null, one that is read by its plain type may not.
 */
record TableRow(Group group) {

  boolean isNull(String column) {
    return group.getFieldRepetitionCount(column) == 0;
  }

  String text(String column) {
    return group.getString(column, 0);
  }

  int integer(String column) {
    return group.getInteger(column, 0);
  }

  double number(String column) {
    return group.getDouble(column, 0);
  }

  /** Empty where it is null. */
  OptionalDouble numberIfAny(String column) {
    return isNull(column) ? OptionalDouble.empty() : OptionalDouble.of(number(column));
  }

  boolean flag(String column) {
    return group.getBoolean(column, 0);
  }
}
