package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.parquet.TableReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The words of a labelled row, which the driver holds only numbers of; travels from Spark tasks to
 * the driver.
 *
 * @param target of the row in the table of all rows
 * @param id of the row
 * @param image as the manifest has it, or null
 * @param question or null
 */
public record RowTexts(int target, String id, String image, String question)
    implements Serializable {
  private static final List<String> COLUMNS = List.of("id", "image", "question");

  /**
   * Files that one Spark task reads, at most; and Spark tasks whose rows the driver takes at once.
   */
  private static final int FILES = 64;

  private static final int PER_CORE = 2;

  /**
   * Reads the rows of files again, opening each once.
   *
   * @param each takes the rows in the order of the files, and within one in its own
   */
  public static void read(JavaSparkContext context, List<FileRows> files, Consumer<RowTexts> each) {
    int cores = context.defaultParallelism();
    int parts = Math.max((files.size() + FILES - 1) / FILES, Math.min(files.size(), cores));
    JavaRDD<RowTexts> texts =
        context.parallelize(files, parts).flatMap(file -> ofFile(file).iterator());
    PartsInSteps.forEach(texts, PER_CORE * cores, part -> part.forEach(each));
  }

  /** Runs within a Spark task. */
  private static List<RowTexts> ofFile(FileRows file) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    List<RowTexts> rows = new ArrayList<>();
    long[] position = {0};
    new TableReader(hadoop)
        .readFile(
            new Path(file.path()),
            COLUMNS,
            row -> {
              int target = file.target(position[0]++);
              if (target != FileRows.UNWANTED) {
                rows.add(
                    new RowTexts(
                        target,
                        row.text("id"),
                        row.textIfAny("image").orElse(null),
                        row.textIfAny("question").orElse(null)));
              }
            });
    return rows;
  }
}
