package io.superneurons.jobs.label;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.files.PathNames;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of a catalog that the predictions of a run folder are added to. What the folder holds and
 * the table does not is appended in one command, while the run has the folder locked: so a run that
 * was killed before, within or after the append is finished by the next one, and no row is added
 * twice. A row is told by its id, its version, the date of its folder and by what made it.
 *
 * @param name of the table, with its catalog
 */
record PredictionsTable(SparkSession spark, String name) {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionsTable.class);

  /** Column of the day that a run was for. */
  static final String RUN_DATE = "run_date";

  /** Column of what names the settings that a row was made with. */
  static final String RUN_ID = "run_id";

  /** A table by its format and path, which no catalog has. */
  private static final Pattern BY_PATH = Pattern.compile("(\\w+)\\.`(.*/.*)`");

  private static final String ID = "id";
  private static final String VERSION = "row_version";

  /** Whether a row lies in a folder of a date; no column of the table. */
  private static final String DATED = "is_dated";

  /** Rows without a prediction are in the run folder alone: they may be done later. */
  private static final List<String> STATES =
      List.of(Status.DECIDED.label(), Status.UNDECIDED.label());

  /**
   * Checks a table that is there, before any row is labelled.
   *
   * @param columns of the predictions
   * @throws ConfigurationException if it lacks one, or there is no such catalog
   */
  void require(List<String> columns) {
    Set<String> missing = new HashSet<>(columns);
    missing.addAll(Set.of(RUN_DATE, RUN_ID));
    try {
      if (!isThere()) {
        return;
      }
      missing.removeAll(Arrays.asList(spark.table(name).columns()));
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new ConfigurationException("Cannot write table " + name + ": " + line(e), e);
    }
    if (!missing.isEmpty()) {
      throw new ConfigurationException(
          "Table "
              + name
              + " lacks columns of predictions: "
              + missing.stream().sorted().toList()
              + "; add them (ALTER TABLE ... ADD COLUMNS), or name a table that is not there, which"
              + " is made");
    }
  }

  /**
   * Appends what is not there yet.
   *
   * @param folder of the predictions
   * @param madeBy names the settings that its rows were made with
   * @param today the day of rows that lie in no folder of a date
   * @return how many rows were appended
   */
  long append(Path folder, String madeBy, LocalDate today) {
    Dataset<Row> made = made(folder, madeBy, today);
    if (!isThere()) {
      LOG.info("Makes table {}", SafeText.of(name));
      make(made.drop(DATED).limit(0).write());
    }
    if (!isByPath()) {
      spark.catalog().refreshTable(name); // somebody else may have added files to it
    }
    Dataset<Row> table = spark.table(name);
    Dataset<Row> added =
        made.join(known(table, madeBy), isKnown(made, table), "left_anti").persist();
    try {
      long rows = added.count();
      if (rows > 0) {
        added.select(inOrder(table, added)).write().mode("append").insertInto(name);
      }
      return rows;
    } finally {
      added.unpersist();
    }
  }

  private boolean isByPath() {
    return BY_PATH.matcher(name).matches();
  }

  private boolean isThere() {
    if (!isByPath()) {
      return spark.catalog().tableExists(name);
    }
    try {
      spark.table(name);
      return true;
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      LOG.debug("No table {} yet", name, e);
      return false; // what else may be there is not written over
    }
  }

  private void make(DataFrameWriter<Row> empty) {
    Matcher path = BY_PATH.matcher(name);
    if (path.matches()) {
      empty.format(path.group(1)).save(path.group(2));
    } else {
      empty.saveAsTable(name);
    }
  }

  private Dataset<Row> made(Path folder, String madeBy, LocalDate today) {
    Dataset<Row> files =
        PathNames.reader(spark).option("mergeSchema", "true").parquet(folder.toString());
    boolean mayBeDated = Arrays.asList(files.columns()).contains(RUN_DATE);
    Column date = mayBeDated ? col(RUN_DATE).cast(DataTypes.DateType) : lit(null);
    return files
        .where(col("status").isin(STATES.toArray()))
        .withColumn(DATED, date.isNotNull())
        .withColumn(RUN_DATE, coalesce(date, lit(today)))
        .withColumn(RUN_ID, lit(madeBy));
  }

  private static Dataset<Row> known(Dataset<Row> table, String madeBy) {
    return table
        .where(table.col(RUN_ID).equalTo(madeBy))
        .select(table.col(ID), table.col(VERSION), table.col(RUN_DATE));
  }

  /**
   * In folders of dates an image that is again what it once was has a row of each date; elsewhere
   * the date is only that of the append.
   */
  private static Column isKnown(Dataset<Row> made, Dataset<Row> table) {
    return made.col(ID)
        .equalTo(table.col(ID))
        .and(made.col(VERSION).eqNullSafe(table.col(VERSION)))
        .and(not(made.col(DATED)).or(made.col(RUN_DATE).equalTo(table.col(RUN_DATE))));
  }

  /** The columns as the table has them; others of the table stay empty. */
  private static Column[] inOrder(Dataset<Row> table, Dataset<Row> added) {
    Set<String> there = new HashSet<>(Arrays.asList(added.columns()));
    return Arrays.stream(table.schema().fields())
        .map(
            field ->
                there.contains(field.name())
                    ? added.col(field.name())
                    : lit(null).cast(field.dataType()).as(field.name()))
        .toArray(Column[]::new);
  }

  private static String line(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
