package io.superneurons.jobs.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.parquet.example.data.Group;

/**
 * A row of a table. Any column may be null; methods that return a plain type must not be asked for
 * a column that is.
 */
public record TableRow(Group group) {

  /** Whether there is no value; so too where the file has no such column. */
  public boolean isNull(String column) {
    return !group.getType().containsField(column) || group.getFieldRepetitionCount(column) == 0;
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

  /** The text, or the number as text; empty where it is null. */
  public Optional<String> textIfAny(String column) {
    return isNull(column)
        ? Optional.empty()
        : Optional.of(group.getValueToString(group.getType().getFieldIndex(column), 0));
  }

  /** The bytes of a vector. */
  public byte[] bytes(String column) {
    return group.getBinary(column, 0).getBytes();
  }

  /** A map to numbers, in the order in which it was written. */
  public Map<String, Double> numbers(String column) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Group map = group.getGroup(column, 0);
    for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
      Group entry = map.getGroup(0, i);
      numbers.put(entry.getString(0, 0), entry.getDouble(1, 0));
    }
    return numbers;
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
