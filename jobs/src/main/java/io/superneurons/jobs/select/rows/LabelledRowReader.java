package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Split;
import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.parquet.ParquetFolder;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the labelled rows of folders of activations: their short columns only. */
public final class LabelledRowReader {
  private final SparkSession spark;
  private final Sets sets;
  private final Set<String> tasks;
  private final List<LayerSite> columns;
  private final Optional<ImageSplit> split;
  private final Map<String, String> texts = new HashMap<>();

  /** Paths of Parquet files by Spark's URIs. */
  private final Map<String, String> files = new HashMap<>();

  /**
   * A reader.
   *
   * @param split deals rows into sets, or nothing where their {@code split} does
   */
  public LabelledRowReader(
      SparkSession spark,
      Sets sets,
      Set<String> tasks,
      List<LayerSite> columns,
      Optional<ImageSplit> split) {
    this.spark = spark;
    this.sets = sets;
    this.tasks = tasks;
    this.columns = columns;
    this.split = split;
  }

  /**
   * Rows of a folder. Their image or their {@code split} says which set they are of; without a
   * split they are probing rows.
   */
  public List<LabelledRow> readOwn(String folder) {
    List<LabelledRow> rows = new ArrayList<>();
    read(
        folder,
        row -> {
          LabelledRow read = selectRow(row, TaskRows.PROBE);
          rows.add(
              read.inSet(
                  split
                      .map(dealing -> dealing.set(read.imageOrId()))
                      .orElseGet(() -> ownSet(folder, row))));
        });
    return rows;
  }

  private static int ownSet(String folder, Row row) {
    String name = row.getString(2);
    int set = name == null ? TaskRows.PROBE : Split.NAMES.indexOf(name);
    if (set < 0) {
      throw new ConfigurationException(
          String.format(
              "%s: row '%s' has split '%s'; splits are %s, or --split-by image deals rows anew",
              folder, row.getString(0), name, Split.NAMES));
    }
    return set;
  }

  /** Rows of a folder that is evaluated on: its {@code test} rows if it has any, else all. */
  public List<LabelledRow> readEvaluation(String folder, String name) {
    List<LabelledRow> test = new ArrayList<>();
    List<LabelledRow> others = new ArrayList<>();
    int set = sets.names().indexOf(name);
    read(folder, row -> (isTest(row) ? test : others).add(selectRow(row, set)));
    return test.isEmpty() ? others : test;
  }

  private static boolean isTest(Row row) {
    return Split.TEST.label().equals(row.getString(2));
  }

  /** The row; texts that many rows share are held once. */
  private LabelledRow selectRow(Row row, int set) {
    return new LabelledRow(
        shared(row.getString(1)),
        set,
        row.getString(0),
        shared(row.getString(3)),
        shared(row.getString(4)),
        shared(row.getString(5)),
        row.getString(6),
        files.computeIfAbsent(row.getString(7), PathNames::ofUri),
        row.getLong(8));
  }

  private String shared(String text) {
    return text == null ? null : texts.computeIfAbsent(text, t -> t);
  }

  /** Passes each labelled row to the taker. */
  private void read(String folder, Consumer<Row> taker) {
    Dataset<Row> all = ParquetFolder.read(spark, folder);
    Set<String> present = Set.copyOf(Arrays.asList(all.columns()));
    for (String needed : List.of("id", "label")) {
      if (!present.contains(needed)) {
        throw new ConfigurationException(folder + ": the Parquet files have no column " + needed);
      }
    }
    for (LayerSite column : columns) {
      if (!present.contains(column.column())) {
        throw new ConfigurationException(
            String.format(
                "%s: the Parquet files have no column %s, which %s promises",
                folder, column.column(), ActivationsMetadata.FILE_NAME));
      }
    }
    // A file's rows at a time: all at once would take more than what is kept of them.
    Iterator<Row> rows = labelled(all, present).toLocalIterator();
    if (!rows.hasNext()) {
      throw new ConfigurationException(
          folder
              + " has no labelled rows"
              + (tasks.isEmpty() ? "" : " of tasks " + tasks)
              + ": selection needs a label for each probing row; add them to the manifest");
    }
    rows.forEachRemaining(taker);
  }

  private Dataset<Row> labelled(Dataset<Row> all, Set<String> present) {
    Column task = coalesce(text("task", present), lit(TaskName.DEFAULT));
    Dataset<Row> rows =
        all.select(
            col("id").cast("string"),
            task.as("task"),
            text("split", present),
            text("label", present),
            text("answer", present),
            text("question", present),
            text("image", present),
            col("_metadata.file_path"),
            col("_metadata.row_index"));
    rows = rows.where(col("label").isNotNull());
    return tasks.isEmpty() ? rows : rows.where(col("task").isin(tasks.toArray()));
  }

  private static Column text(String name, Set<String> present) {
    Column column = present.contains(name) ? col(name) : lit(null);
    return column.cast("string").as(name);
  }
}
