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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the labelled rows of folders of activations: their short columns only. */
public final class LabelledRowReader {
  /** Parts of a folder that one job reads, at least. */
  private static final int PARTS = 64;

  private static final int PARTS_PER_CORE = 4;

  private static final List<String> TEXTS =
      List.of("id", "task", "split", "label", "answer", "question", "image", "image_sha256");

  private final SparkSession spark;
  private final Sets sets;
  private final Set<String> tasks;
  private final List<LayerSite> columns;
  private final Optional<ImageSplit> split;

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

  /** Which set a row is of. */
  private interface Dealing extends Serializable {
    /**
     * The number of the row's set.
     *
     * @param imageOrId what identifies its image
     * @param split as the folder has it, or null
     */
    int set(String imageOrId, String split);
  }

  /**
   * Rows of a folder. Their image or their {@code split} says which set they are of; without a
   * split they are probing rows.
   */
  public List<RowBlock> readOwn(String folder) {
    if (split.isPresent()) {
      ImageSplit dealing = split.get();
      return read(folder, (imageOrId, name) -> dealing.set(imageOrId));
    }
    return read(
        folder, (imageOrId, name) -> name == null ? TaskRows.PROBE : Split.NAMES.indexOf(name));
  }

  /** Rows of a folder that is evaluated on: its {@code test} rows if it has any, else all. */
  public List<RowBlock> readEvaluation(String folder, String name) {
    String test = Split.TEST.label();
    List<RowBlock> blocks =
        read(folder, (image, given) -> test.equals(given) ? TaskRows.TEST : TaskRows.PROBE);
    boolean hasTest = blocks.stream().anyMatch(block -> block.has(TaskRows.TEST));
    int set = sets.names().indexOf(name);
    blocks.forEach(block -> block.turn(hasTest ? TaskRows.TEST : TaskRows.PROBE, set));
    return blocks;
  }

  /**
   * What became of one part of a folder; travels to the driver.
   *
   * @param block its rows; null where one is of no set
   * @param id of the first row that is of no set, or null
   * @param split what that row has for a set, or null
   */
  public record Part(RowBlock block, String id, String split) implements Serializable {
    static Part of(Iterator<Row> rows, Dealing dealing) {
      List<LabelledRow> read = new ArrayList<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        String imageOrId = row.getString(row.isNullAt(6) ? 0 : 6);
        int set = dealing.set(imageOrId, row.getString(2));
        if (set < 0) {
          return new Part(null, row.getString(0), row.getString(2));
        }
        read.add(selectRow(row, set));
      }
      return new Part(RowBlock.of(read), null, null);
    }
  }

  private static LabelledRow selectRow(Row row, int set) {
    return new LabelledRow(
        row.getString(1),
        set,
        row.getString(0),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        PathNames.ofUri(row.getString(7)),
        row.getLong(8));
  }

  /** The labelled rows of a folder, at least one. */
  private List<RowBlock> read(String folder, Dealing dealing) {
    Set<String> needed = new HashSet<>(TEXTS);
    columns.forEach(column -> needed.add(column.column()));
    Dataset<Row> all = ParquetFolder.read(spark, folder, needed::contains);
    Set<String> present = Set.copyOf(Arrays.asList(all.columns()));
    for (String must : List.of("id", "label")) {
      if (!present.contains(must)) {
        throw new ConfigurationException(folder + ": the Parquet files have no column " + must);
      }
    }
    for (LayerSite column : columns) {
      if (!present.contains(column.column())) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s: the Parquet files have no column %s, which %s promises",
                folder,
                column.column(),
                ActivationsMetadata.FILE_NAME));
      }
    }
    spark.sparkContext().setJobDescription("select: read the rows of " + folder);
    List<RowBlock> blocks = collect(folder, labelled(all, present), dealing);
    if (blocks.isEmpty()) {
      throw new ConfigurationException(
          folder
              + " has no labelled rows"
              + (tasks.isEmpty() ? "" : " of tasks " + tasks)
              + ": selection needs a label for each probing row; add them to the manifest");
    }
    return blocks;
  }

  /** Some parts at a time: Spark bounds what one job's results may take of the driver's memory. */
  private static List<RowBlock> collect(String folder, Dataset<Row> rows, Dealing dealing) {
    JavaRDD<Part> parts =
        rows.javaRDD().mapPartitions(part -> List.of(Part.of(part, dealing)).iterator());
    int step = Math.max(PARTS, PARTS_PER_CORE * parts.context().defaultParallelism());
    List<RowBlock> blocks = new ArrayList<>();
    for (int from = 0; from < parts.getNumPartitions(); from += step) {
      int to = Math.min(parts.getNumPartitions(), from + step);
      for (List<Part> read : parts.collectPartitions(IntStream.range(from, to).toArray())) {
        Part part = read.get(0);
        if (part.block == null) {
          throw new ConfigurationException(
              String.format(
                  Locale.ROOT,
                  "%s: row '%s' has split '%s'; splits are %s, or --split-by image deals rows anew",
                  folder,
                  part.id,
                  part.split,
                  Split.NAMES));
        }
        if (part.block.size() > 0) {
          blocks.add(part.block);
        }
      }
    }
    return blocks;
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
            coalesce(text("image_sha256", present), text("image", present)),
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
