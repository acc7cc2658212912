package io.superneurons.jobs.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.Place;
import io.superneurons.jobs.input.RowParser;
import io.superneurons.jobs.source.InputFiles;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the input as metadata. It is read once, by one Spark job; the rows stay with the
 * executors, without the images that they may hold, and the driver holds numbers per part.
 */
public final class Manifest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);

  /** Column of a row's place among all rows of the input. */
  public static final String POSITION = "position";

  /** Column of the place up to which a row is in one piece with those before it. */
  static final String CUT = "cut_position";

  /** Column that is true of rows which are not for this run. */
  public static final String SKIPPED = "skipped";

  /** Rows with ids of their own and their positions. */
  static final StructType ROWS =
      ManifestRow.SCHEMA.add(POSITION, DataTypes.LongType).add(CUT, DataTypes.LongType);

  /** Columns of what a row holds. */
  private static final String[] HELD = {
    ManifestRow.IMAGE,
    ManifestRow.QUESTION,
    ManifestRow.TASK,
    ManifestRow.SPLIT,
    ManifestRow.LABEL,
    ManifestRow.EMBEDDED
  };

  private final SparkSession spark;
  private final boolean isTable;
  private final List<InputPart> parts;
  private final EmbeddedImages embedded;
  private final Dataset<Row> placed;
  private final InputSummary summary;
  private final Dataset<Row> taken;

  private Manifest(
      SparkSession spark,
      InputOptions input,
      List<InputPart> parts,
      EmbeddedImages embedded,
      Dataset<Row> placed,
      int limit) {
    this.spark = spark;
    this.isTable = input.isCopyOfTables();
    this.parts = parts;
    this.embedded = embedded;
    this.placed = placed;
    String question = embedded.parser().question();
    InputSummary all = Summaries.of(placed, question);
    boolean isCut = limit > 0 && limit < all.rows();
    this.taken = isCut ? placed.where(first(limit, Numbering.of(parts, all))) : placed;
    this.summary = isCut ? Summaries.of(taken, question).withLines(all) : all;
  }

  /**
   * Reads the input and checks it.
   *
   * @param limit rows to take from its start; 0 for all
   * @throws ConfigurationException if it cannot be read or has no row that can be used
   */
  public static Manifest read(SparkSession spark, InputOptions input, int limit) {
    LOG.info("Reads and counts {}", SafeText.of(input));
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    RowParser parser = input.parser(conf);
    Manifest manifest = read(spark, input, parser, limit);
    if (manifest.summary.repeatedIds() == 0 || !parser.takesSpelledIds()) {
      return manifest;
    }
    // Under which name ids were found is not counted; where it is id itself, this look finds as
    // many.
    Manifest made = read(spark, input, parser.withOwnIds(), limit);
    boolean isBetter = made.summary.repeatedIds() < manifest.summary.repeatedIds();
    if (isBetter) {
      LOG.warn(
          "question_id or index repeats in {}, so it is no id, and ids are made from what rows"
              + " hold; --columns id=NAME takes it all the same",
          SafeText.of(input));
    }
    (isBetter ? manifest : made).close();
    return isBetter ? made : manifest;
  }

  /** What the input is, in its order. */
  public List<InputPart> parts() {
    return parts;
  }

  private static Manifest read(
      SparkSession spark, InputOptions input, RowParser parser, int limit) {
    Dataset<Row> placed = null;
    try {
      List<InputPart> parts = InputFiles.find(spark.sparkContext().hadoopConfiguration(), input);
      EmbeddedImages embedded = EmbeddedImages.of(spark, parts, parser);
      placed = placed(spark, parts, embedded, limit).persist(StorageLevel.DISK_ONLY());
      Manifest manifest = new Manifest(spark, input, parts, embedded, placed, limit);
      manifest.requireUsable(input);
      return manifest;
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      if (placed != null) {
        placed.unpersist();
      }
      if (e instanceof ConfigurationException refusal) {
        throw refusal;
      }
      throw new ConfigurationException("Cannot read input " + input + ": " + reason(e), e);
    }
  }

  private static Dataset<Row> placed(
      SparkSession spark, List<InputPart> parts, EmbeddedImages embedded, int limit) {
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    Broadcast<InputParts> shared = embedded.parts();
    RowParser parser = embedded.parser();
    int[] ends = PartGroups.ends(parts, spark.sparkContext().defaultParallelism());
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    return spark
        .range(0, ends.length, 1, Math.max(1, ends.length))
        .flatMap(
            (FlatMapFunction<Long, Row>)
                i -> {
                  int group = i.intValue();
                  int first = group == 0 ? 0 : ends[group - 1];
                  return new PlacedRows(
                      conf.value().value(), parser, shared.value().all(), first, ends[group], most);
                },
            Encoders.row(PlacedRows.SCHEMA));
  }

  /** Whether a row is among the first of the input; the rows that end parts stay. */
  private static Column first(int limit, Numbering numbering) {
    int part = numbering.partOf(limit);
    long rows = limit - numbering.position(part, 0);
    return col(PlacedRows.PART)
        .lt(part)
        .or(col(PlacedRows.PART).equalTo(part).and(col(PlacedRows.INDEX).lt(rows)))
        .and(col(ManifestRow.ID).isNotNull());
  }

  /** A row of {@link #ROWS}. */
  static Row positioned(ManifestRow row, long position, long joined) {
    Row plain = row.toRow();
    Object[] values = new Object[ROWS.length()];
    for (int i = 0; i < plain.length(); i++) {
      values[i] = plain.get(i);
    }
    values[plain.length()] = position;
    values[plain.length() + 1] = position - joined;
    return RowFactory.create(values);
  }

  private void requireUsable(InputOptions input) {
    if (rowCount() == 0) {
      throw new ConfigurationException("Input " + input + " has no rows");
    }
    InputSummary.BadRow bad = summary.firstBad();
    if (summary.badRows() == rowCount()) {
      InputPart part = parts.get(bad.part());
      long number = Numbering.of(parts, summary).number(bad.part(), bad.number());
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "No row of input %s can be used; one of %,d: %s (%s)",
              input,
              rowCount(),
              bad.problem(),
              new Place(part.path(), part.unit(), number)));
    }
  }

  /**
   * Refuses an input without any question, before work.
   *
   * @throws ConfigurationException if no row has one
   */
  public void requireQuestions(InputOptions input) {
    if (summary.asked() == 0) {
      throw new ConfigurationException(
          "No row of input "
              + input
              + " has a question; "
              + lookAlike(FieldColumns.QUESTION)
                  .orElse("add --question, or name its column with --columns question=NAME"));
    }
  }

  /**
   * What to say of a column of the input's first file that looks like a field which was not found:
   * its name, and the option that takes it.
   */
  public Optional<String> lookAlike(String field) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    try {
      return embedded.parser().columns().lookAlike(field, parts.get(0).columns(conf));
    } catch (IOException e) {
      LOG.debug("Cannot read the columns of {} again", parts.get(0).path(), e);
      return Optional.empty();
    }
  }

  /** Rows of the input. */
  public long rowCount() {
    return summary.rows();
  }

  /** The columns that ids were looked for in, in this order; the others are made. */
  public List<String> idColumns() {
    return embedded.parser().idColumns();
  }

  /** The tasks that rows name, by name. */
  public Map<String, InputSummary.Task> tasks() {
    return summary.tasks();
  }

  /** Where embedded images are read again. */
  public EmbeddedImages embedded() {
    return embedded;
  }

  SparkSession spark() {
    return spark;
  }

  /** The rows, each with an id of its own; nothing is read before they are asked for. */
  public Dataset<Row> rows() {
    Broadcast<InputParts> shared = embedded.parts();
    Numbering numbering = Numbering.of(parts, summary);
    MapPartitionsFunction<Row, Row> unique =
        isTable
            ? rows -> UniqueTableIds.of(rows, numbering)
            : rows -> UniqueIds.of(rows, shared.value().all(), numbering);
    return taken
        .where(col(ManifestRow.ID).isNotNull())
        .repartition(partitions(), col(ManifestRow.ID))
        .sortWithinPartitions(order())
        .mapPartitions(unique, Encoders.row(ROWS))
        .withColumn(SKIPPED, lit(false));
  }

  /** Rows that share an id stand in the order of the input; a table has none but what they hold. */
  private Column[] order() {
    Stream<String> held = Arrays.stream(isTable ? HELD : new String[0]);
    return Stream.of(Stream.of(ManifestRow.ID), held, Stream.of(PlacedRows.PART, PlacedRows.INDEX))
        .flatMap(names -> names)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /** Spark tasks that go through the rows once they were read. */
  public int partitions() {
    return PartGroups.ofRows(rowCount(), spark.sparkContext().defaultParallelism());
  }

  /** What the first of all causes says; a refusal in a Spark task says it best. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ConfigurationException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Forgets the rows as they were read; those of a plan stay. */
  @Override
  public void close() {
    placed.unpersist();
  }
}
