package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.input.FieldColumns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inputs that are no files of a manifest but tables of a catalog, or of a source that Spark knows.
 * A table has neither lines nor places, and may change while a run reads it: so the columns that
 * are needed of the rows that are wanted are copied to Parquet beside the output, and the run reads
 * the copy, which goes when it ends.
 */
public final class InputTables implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InputTables.class);

  /** Before the name of a table, of an input and of an output. */
  public static final String TABLE = "table:";

  private final InputOptions files;
  private final FileSystem store;
  private final Path copy;

  private InputTables(InputOptions files, FileSystem store, Path copy) {
    this.files = files;
    this.store = store;
    this.copy = copy;
  }

  /**
   * The input as files; what is files already stays as it is.
   *
   * @param output of the run
   * @throws ConfigurationException if a table cannot be read, or lacks a column
   */
  public static InputTables copied(SparkSession spark, InputOptions input, String output)
      throws IOException {
    if (!input.isTables()) {
      return new InputTables(input, null, null);
    }
    Path beside = new Path(output);
    Path copy =
        new Path(
            beside.getParent(),
            "_" + beside.getName() + "-rows-" + UUID.randomUUID().toString().substring(0, 8));
    FileSystem store = copy.getFileSystem(spark.sparkContext().hadoopConfiguration());
    InputTables tables = new InputTables(input.over(copy.toString()), store, copy);
    store.deleteOnExit(copy);
    LOG.info("Copies the rows of {} to {}", SafeText.of(input), SafeText.of(copy));
    try {
      rows(spark, input).write().parquet(copy.toString());
      return tables;
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      tables.close();
      if (e instanceof ConfigurationException refusal) {
        throw refusal;
      }
      throw new ConfigurationException("Cannot read input " + input + ": " + line(e), e);
    } catch (LinkageError e) {
      tables.close();
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot read input %s: a jar of --packages or --jars is made for another Spark than"
                  + " %s, give that for this one: %s",
              input,
              spark.version(),
              line(e)),
          e);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, InputOptions input) {
    Dataset<Row> all = null;
    for (String name : input.inputs()) {
      Dataset<Row> one = wanted(table(spark, input, name), input, name);
      all = all == null ? one : all.unionByName(one, true);
    }
    return all;
  }

  private static Dataset<Row> table(SparkSession spark, InputOptions input, String name) {
    if (name.startsWith(TABLE)) {
      return spark.read().table(name.substring(TABLE.length()));
    }
    return spark.read().format(input.inputFormat()).load(name);
  }

  /** The rows that the filter leaves, which Spark hands to the source, and the needed columns. */
  private static Dataset<Row> wanted(Dataset<Row> table, InputOptions input, String name) {
    FieldColumns columns = input.fieldColumns();
    List<String> names = Arrays.asList(table.columns());
    columns.require(names, name);
    Column[] needed =
        columns.among(names).stream()
            .map(column -> functions.col("`" + column.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    return input.where().map(table::where).orElse(table).select(needed);
  }

  private static String line(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  /** The input as files. */
  public InputOptions files() {
    return files;
  }

  /** Removes the copy. */
  @Override
  public void close() {
    if (copy == null) {
      return;
    }
    try {
      store.delete(copy, true);
    } catch (IOException e) {
      LOG.warn(String.format(Locale.ROOT, "Cannot remove %s", copy), e);
    }
  }
}
