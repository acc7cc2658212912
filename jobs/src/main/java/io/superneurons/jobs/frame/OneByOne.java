package io.superneurons.jobs.frame;

import io.superneurons.jobs.label.RowLabeller;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Labels one row each time it is asked, in a pass of its own. It travels to the executors; each
 * Spark task has a copy.
 */
final class OneByOne implements Serializable {
  private static final long serialVersionUID = 1;

  private final FrameRows rows;
  private final RowLabeller labeller;
  private final Broadcast<SerializableConfiguration> conf;
  private transient Waiting waiting; // opened by the first row

  /**
   * @param rows with the columns image, question and task, in this order
   */
  OneByOne(FrameRows rows, RowLabeller labeller, Broadcast<SerializableConfiguration> conf) {
    this.rows = rows;
    this.labeller = labeller;
    this.conf = conf;
  }

  /** The row that was asked for, if it was not taken, and the labels of those that are taken. */
  private record Waiting(Queue<Row> asked, Iterator<Row> labels) {}

  /**
   * The values of {@link RowLabeller#COLUMNS}. Small tables are computed on the driver, by any
   * thread.
   */
  synchronized Row of(Object image, Object task, Object question) {
    Waiting open = waiting == null ? open() : waiting;
    waiting = null; // what failed is not asked again
    open.asked.add(new GenericRowWithSchema(new Object[] {image, question, task}, rows.schema()));
    Row labelled = open.labels.next();
    waiting = open;
    Object[] values = new Object[RowLabeller.COLUMNS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = labelled.get(labelled.size() - values.length + i); // task is last of its own
    }
    return RowFactory.create(values);
  }

  private Waiting open() {
    Queue<Row> asked = new ArrayDeque<>();
    Iterator<Row> each =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return !asked.isEmpty();
          }

          @Override
          public Row next() {
            return asked.remove();
          }
        };
    return new Waiting(asked, rows.label(each, labeller, conf.value().value()));
  }
}
