package io.superneurons.jobs.manifest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/** What becomes of rows, one after another; those that become null are left out. */
final class MappedRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final UnaryOperator<Row> function;
  private Row next;

  MappedRows(Iterator<Row> rows, UnaryOperator<Row> function) {
    this.rows = rows;
    this.function = function;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      next = function.apply(rows.next());
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }
}
