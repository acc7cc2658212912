package io.superneurons.jobs.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.sha2;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the input.
 *
 * @param rows of {@link ManifestRow#SCHEMA}, each with an id of its own
 * @param rowCount number of rows
 * @param imageCount number of distinct images
 * @param taskCount number of distinct tasks
 * @param badCount rows that cannot be used
 * @param askedCount rows that can be used and have a question
 */
public record Manifest(
    Dataset<Row> rows,
    long rowCount,
    long imageCount,
    long taskCount,
    long badCount,
    long askedCount) {
  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);
  private static final String IMAGE_KEY = "image_key";
  private static final String IMAGE_NAME = "image_name";
  private static final int SHA_256 = 256;

  /**
   * Reads the input and checks it.
   *
   * @param limit rows to take from its start; 0 for all
   * @throws ConfigurationException if it cannot be read or has no row that can be used
   */
  public static Manifest read(SparkSession spark, InputOptions input, int limit) {
    LOG.info("Reads and counts {}", SafeText.of(input));
    try {
      Dataset<Row> placed = placed(spark, input);
      if (limit > 0) {
        placed = placed.orderBy(Place.FILE, Place.NUMBER).limit(limit);
      }
      Manifest manifest = of(UniqueIds.unique(placed).select(columns()));
      manifest.requireUsable(input);
      return manifest;
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new ConfigurationException("Cannot read input " + input + ": " + reason(e), e);
    }
  }

  private static Dataset<Row> placed(SparkSession spark, InputOptions input) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    InputFiles files = InputFiles.find(conf, input.inputs(), input.format());
    RowParser parser = input.parser(conf);
    List<Dataset<Row>> parts = new ArrayList<>();
    if (!files.manifests(InputFormat.JSON).isEmpty()) {
      parts.add(JsonManifests.read(spark, files.manifests(InputFormat.JSON), parser));
    }
    if (!files.manifests(InputFormat.CSV).isEmpty()) {
      parts.add(CsvManifests.read(spark, files.manifests(InputFormat.CSV), ',', parser));
    }
    if (!files.manifests(InputFormat.TSV).isEmpty()) {
      parts.add(CsvManifests.read(spark, files.manifests(InputFormat.TSV), '\t', parser));
    }
    if (!files.manifests(InputFormat.PARQUET).isEmpty()) {
      parts.add(ParquetManifests.read(spark, files.manifests(InputFormat.PARQUET), parser));
    }
    if (!files.images().isEmpty()) {
      parts.add(ImageFolder.read(spark, files.images(), parser));
    }
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  private static Column[] columns() {
    return Arrays.stream(ManifestRow.SCHEMA.fieldNames())
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private static Manifest of(Dataset<Row> rows) {
    Row counts =
        rows.agg(
                count("*"),
                countDistinct(imageKey()),
                countDistinct(col("task")),
                count_if(col("problem").isNotNull()),
                count_if(col("problem").isNull().and(col("question").isNotNull())))
            .head();
    return new Manifest(
        rows,
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        counts.getLong(3),
        counts.getLong(4));
  }

  /** The same input with other rows. */
  public Manifest with(Dataset<Row> others) {
    return of(others);
  }

  /** The same rows with more known of each. */
  public Manifest withRows(Dataset<Row> same) {
    return new Manifest(
        same.select(columns()), rowCount, imageCount, taskCount, badCount, askedCount);
  }

  /** Equal for rows on one image. */
  private static Column imageKey() {
    return coalesce(sha2(col("embedded"), SHA_256), col("location"));
  }

  private void requireUsable(InputOptions input) {
    if (rowCount == 0) {
      throw new ConfigurationException("Input " + input + " has no rows");
    }
    if (badCount == rowCount) {
      String first = rows.orderBy("id").select("problem").head().getString(0);
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "No row of input %s can be used; one of %,d: %s",
              input,
              rowCount,
              first));
    }
  }

  /**
   * Refuses an input without any question, before work.
   *
   * @throws ConfigurationException if no row has one
   */
  public void requireQuestions(InputOptions input) {
    if (askedCount == 0) {
      throw new ConfigurationException(
          "No row of input "
              + input
              + " has a question; add --question, or name its column with --columns question=NAME");
    }
  }

  /**
   * The rows in partitions: an image's rows stand together, so that they share its tower pass, and
   * a retried task meets the same rows in the same order.
   */
  public Dataset<Row> partitioned(int partitions) {
    // By the name as it is given: so a corpus makes the same batches wherever it lies.
    return rows.withColumn(IMAGE_NAME, coalesce(col("image"), col("id")))
        .withColumn(IMAGE_KEY, imageKey())
        .repartition(partitions, col(IMAGE_NAME))
        .sortWithinPartitions(IMAGE_NAME, IMAGE_KEY, "id")
        .select(columns());
  }

  /** What the first of all causes says; a refusal in a task says it best. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ConfigurationException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
