package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.parquet.RowWindows;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Rows of files that waves wrote. The files are known by then, so that nobody lists them again, and
 * no Spark job looks for their schema.
 */
final class EarlierTable {
  static final String ID = "id";
  static final String ERROR = "error";
  static final String IMAGE_VERSION = "image_version";
  static final String ROW_VERSION = RowVersions.COLUMN;

  /** Column of the date whose folder has the file; empty outside such folders. */
  static final String DATE = "date";

  /** Column of the wave that wrote the file. */
  static final String WAVE = "wave";

  /** Column of all values of a row, each a text or null. */
  static final String VALUES = "values";

  private static final Pattern DATE_FOLDER = Pattern.compile("/run_date=([^/]+)/[^/]+$");
  private static final int FILES_PER_TASK = 32;

  /** What tells rows; a column that a file lacks is null in its rows. */
  private static final List<String> TOLD_BY = List.of(ID, ERROR, IMAGE_VERSION, ROW_VERSION);

  private static final StructType TOLD =
      new StructType()
          .add(ID, DataTypes.StringType)
          .add(ERROR, DataTypes.StringType)
          .add(IMAGE_VERSION, DataTypes.StringType)
          .add(ROW_VERSION, DataTypes.StringType)
          .add(DATE, DataTypes.StringType)
          .add(WAVE, DataTypes.IntegerType);

  private static final StructType WHOLE =
      new StructType()
          .add(ID, DataTypes.StringType)
          .add(ERROR, DataTypes.StringType)
          .add(VALUES, DataTypes.createArrayType(DataTypes.StringType));

  /** What is made of a row of a file. */
  private interface Reading extends Serializable {
    MessageType columns(MessageType schema);

    Row row(Group row, String file);
  }

  private EarlierTable() {}

  /** What tells the rows of files; see {@link #TOLD_BY}. */
  static Dataset<Row> told(SparkSession spark, List<FileStatus> files) {
    return read(spark, files, new ToldReading(), TOLD);
  }

  /** Whole rows that failed. */
  static Dataset<Row> failed(SparkSession spark, List<FileStatus> files) {
    return read(spark, files, new WholeReading(), WHOLE);
  }

  private static Dataset<Row> read(
      SparkSession spark, List<FileStatus> files, Reading reading, StructType schema) {
    ArrayList<String> paths = new ArrayList<>();
    files.forEach(file -> paths.add(file.getPath().toString()));
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    int sparkTasks =
        Math.max(
            1 + paths.size() / FILES_PER_TASK,
            Math.min(paths.size(), spark.sparkContext().defaultParallelism()));
    return spark
        .range(0, paths.size(), 1, sparkTasks)
        .flatMap(
            (FlatMapFunction<Long, Row>)
                i -> new Rows(conf.value().value(), paths.get(i.intValue()), reading),
            Encoders.row(schema));
  }

  private record ToldReading() implements Reading {
    private static final long serialVersionUID = 1;

    @Override
    public MessageType columns(MessageType schema) {
      return new MessageType(
          schema.getName(),
          schema.getFields().stream().filter(field -> TOLD_BY.contains(field.getName())).toList());
    }

    @Override
    public Row row(Group row, String file) {
      return RowFactory.create(
          text(row, ID),
          text(row, ERROR),
          text(row, IMAGE_VERSION),
          text(row, ROW_VERSION),
          date(file),
          ResultFiles.wave(new Path(file).getName()));
    }
  }

  private record WholeReading() implements Reading {
    private static final long serialVersionUID = 1;

    @Override
    public MessageType columns(MessageType schema) {
      return schema;
    }

    @Override
    public Row row(Group row, String file) {
      String[] values =
          row.getType().getFields().stream()
              .map(Type::getName)
              .map(name -> text(row, name))
              .toArray(String[]::new);
      return RowFactory.create(text(row, ID), text(row, ERROR), values);
    }
  }

  /** The date whose folder has a file; empty outside such folders. */
  static String date(String file) {
    Matcher date = DATE_FOLDER.matcher(file);
    return date.find() ? date.group(1) : "";
  }

  private static String text(Group row, String column) {
    boolean isThere =
        row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
    return isThere ? row.getString(column, 0) : null;
  }

  /** The rows of one file. */
  private static final class Rows implements Iterator<Row>, Closeable {
    private final String file;
    private final Reading reading;
    private final RowWindows rows;
    private Group next;

    Rows(Configuration conf, String file, Reading reading) throws IOException {
      this.file = file;
      this.reading = reading;
      this.rows = RowWindows.open(conf, new Path(file), reading::columns);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> close());
      advance();
    }

    private void advance() throws IOException {
      next = rows.next();
      if (next == null) {
        close();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row row = reading.row(next, file);
      try {
        advance();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return row;
    }

    @Override
    public void close() {
      try {
        rows.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
