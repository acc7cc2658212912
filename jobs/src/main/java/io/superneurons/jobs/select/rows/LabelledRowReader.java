package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Split;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the labelled rows of folders of activations: their short columns only. */
public final class LabelledRowReader implements AutoCloseable {
  /** Parts of a folder that one job reads, at least. */
  private static final int PARTS = 64;

  private static final int PARTS_PER_CORE = 4;

  /** Of labels without a row, those that are named. */
  private static final int SHOWN = 3;

  /** Of each label, where rows are dealt unasked. */
  private static final int FEWEST_PROBING = 2;

  private final SparkSession spark;
  private final Sets sets;
  private final Set<String> tasks;
  private final RowDealing dealing;
  private final Optional<GivenLabels> labels;
  private final LabelsFrom labelsFrom;
  private final ActivationRows rows;
  private final AnswerLabels answers = new AnswerLabels();

  /**
   * A reader, which reads the labels that stand beside the activations.
   *
   * @param columns of vectors that the folders must have
   * @param dealing which set a row is of
   * @param labels those that stand beside the activations, and come before their own
   * @param labelsFrom what the labels are
   * @throws ConfigurationException if the labels cannot be read
   */
  public LabelledRowReader(
      SparkSession spark,
      Sets sets,
      Set<String> tasks,
      List<LayerSite> columns,
      RowDealing dealing,
      Optional<BesideLabels> labels,
      LabelsFrom labelsFrom) {
    this.spark = spark;
    this.sets = sets;
    this.tasks = tasks;
    this.dealing = dealing;
    this.labels = labels.map(beside -> beside.read(spark));
    this.labelsFrom = labelsFrom;
    this.rows = new ActivationRows(spark, columns, required());
  }

  private Map<String, String> required() {
    if (labelsFrom == LabelsFrom.ANSWER) {
      return Map.of("id", "", "answer", ", which extract --answer writes");
    }
    return labels.isPresent() ? Map.of("id", "") : Map.of("id", "", "label", "");
  }

  /**
   * Rows of folders. Their image or their {@code split} says which set they are of; without a split
   * they are probing rows, but where no row at all has one, and every label keeps two probing rows,
   * they are dealt by image.
   */
  public OwnRows readOwn(List<String> folders) {
    labels.ifPresent(given -> given.requireClear(rows.of(folders)));
    ImageSplit images = dealing.byImage();
    RowsPart.Dealing byImage = (imageOrId, name) -> images.set(imageOrId);
    if (dealing.by() == SplitBy.IMAGE) {
      return new OwnRows(blocks(readAll(folders, byImage)), false);
    }
    List<RowsPart> own =
        readAll(
            folders,
            (imageOrId, name) -> name == null ? TaskRows.PROBE : Split.NAMES.indexOf(name));
    if (dealing.by() == SplitBy.AUTO && own.stream().noneMatch(RowsPart::hasSplit)) {
      List<RowBlock> dealt = blocks(readAll(folders, byImage));
      if (probesEveryLabel(dealt)) {
        return new OwnRows(dealt, true);
      }
    }
    return new OwnRows(blocks(own), false);
  }

  private List<RowsPart> readAll(List<String> folders, RowsPart.Dealing by) {
    List<RowsPart> parts = folders.stream().flatMap(folder -> read(folder, by).stream()).toList();
    if (labels.isPresent() && parts.stream().noneMatch(RowsPart::hasBesideLabel)) {
      throw noneTaken(labels.get(), folders);
    }
    if (parts.stream().anyMatch(RowsPart::hasHash)
        && parts.stream().anyMatch(RowsPart::hasNameOnly)) {
      requireOneIdentity(folders);
    }
    return parts;
  }

  /** An image that some rows know by its content and others by its name would be two. */
  private void requireOneIdentity(List<String> folders) {
    spark.sparkContext().setJobDescription("select: compare what identifies images");
    Dataset<Row> twofold =
        rows.of(folders)
            .where(col("image").isNotNull())
            .groupBy("image")
            .agg(min(ActivationRows.HASHED).as("all"), max(ActivationRows.HASHED).as("any"))
            .where(col("any").and(not(col("all"))));
    for (Row image : twofold.orderBy("image").limit(1).collectAsList()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: image '%s' has an image_sha256 in some rows and none in others, so it would"
                  + " count as two images; give it in all rows, or in none",
              String.join(", ", folders),
              image.getString(0)));
    }
  }

  private static List<RowBlock> blocks(List<RowsPart> parts) {
    return parts.stream().map(RowsPart::block).toList();
  }

  /** Whether every label has enough probing rows for one of them to be held out. */
  private static boolean probesEveryLabel(List<RowBlock> blocks) {
    Map<String, Map<String, Integer>> probing = new HashMap<>();
    Map<String, Map<String, Integer>> all = new HashMap<>();
    for (RowBlock block : blocks) {
      block.countLabels(probing, set -> set == TaskRows.PROBE);
      block.countLabels(all, set -> true);
    }
    return all.entrySet().stream()
        .allMatch(
            task ->
                task.getValue().keySet().stream()
                    .allMatch(
                        label ->
                            probing.getOrDefault(task.getKey(), Map.of()).getOrDefault(label, 0)
                                >= FEWEST_PROBING));
  }

  /** Rows of a folder that is evaluated on: its {@code test} rows if it has any, else all. */
  public List<RowBlock> readEvaluation(String folder, String name) {
    labels.ifPresent(given -> given.requireClear(rows.of(folder)));
    String test = Split.TEST.label();
    List<RowBlock> blocks =
        blocks(read(folder, (image, given) -> test.equals(given) ? TaskRows.TEST : TaskRows.PROBE));
    boolean hasTest = blocks.stream().anyMatch(block -> block.has(TaskRows.TEST));
    int set = sets.names().indexOf(name);
    blocks.forEach(block -> block.turn(hasTest ? TaskRows.TEST : TaskRows.PROBE, set));
    return blocks;
  }

  /**
   * Looks which answers are frequent enough to be labels, where these are the labels.
   *
   * @param folders of the rows that are selected from
   */
  public void countAnswers(List<String> folders) {
    if (labelsFrom == LabelsFrom.ANSWER) {
      spark.sparkContext().setJobDescription("select: count the answers");
      answers.count(folders.stream().map(this::labelled).reduce(Dataset::union).orElseThrow());
    }
  }

  /**
   * How many labels stand beside the activations.
   *
   * @param file that they are from
   * @param all how many there are
   * @param withoutRow how many of them no row has
   * @param some the first ids or images of these
   */
  public record LabelCount(String file, long all, long withoutRow, List<String> some) {}

  /**
   * Counts the labels that stand beside the activations.
   *
   * @param folders all that are read
   * @return nothing where there are none
   */
  public Optional<LabelCount> countLabels(List<String> folders) {
    spark.sparkContext().setJobDescription("select: count the labels without a row");
    return labels.map(given -> count(given, given.withoutRow(rows.of(folders))));
  }

  private static LabelCount count(GivenLabels given, Dataset<Row> withoutRow) {
    long count = withoutRow.count();
    List<String> some =
        count == 0
            ? List.of()
            : withoutRow
                .select(GivenLabels.KEY)
                .distinct()
                .orderBy(GivenLabels.KEY)
                .limit(SHOWN)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    return new LabelCount(given.file(), given.count(), count, some);
  }

  /** The labelled rows of a folder, at least one. */
  private List<RowsPart> read(String folder, RowsPart.Dealing by) {
    Dataset<Row> all = labelled(folder);
    spark.sparkContext().setJobDescription("select: read the rows of " + folder);
    List<RowsPart> parts =
        collect(folder, labelsFrom == LabelsFrom.ANSWER ? answers.frequent(all) : all, by);
    if (parts.isEmpty()) {
      throw labels
          .map(beside -> noneTaken(beside, List.of(folder)))
          .orElseGet(() -> unlabelled(folder));
    }
    return parts;
  }

  private ConfigurationException unlabelled(String folder) {
    return new ConfigurationException(
        folder
            + " has no labelled rows"
            + (tasks.isEmpty() ? "" : " of tasks " + tasks)
            + ": selection needs a label for each probing row; add them to the manifest,"
            + " or give them beside it with --labels FILE");
  }

  private static ConfigurationException noneTaken(GivenLabels beside, List<String> folders) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "--labels %s: no id or image of it is that of a row of %s; look how these are"
                + " written there, or name their column with --columns",
            beside.file(),
            String.join(", ", folders)));
  }

  /** The labelled rows of a folder, its columns checked. */
  private Dataset<Row> labelled(String folder) {
    Dataset<Row> bare = rows.of(folder);
    Dataset<Row> joined = labels.map(l -> l.joined(bare)).orElseGet(() -> GivenLabels.none(bare));
    Dataset<Row> labelled =
        labelsFrom == LabelsFrom.ANSWER
            ? AnswerLabels.exchanged(joined)
            : joined.where(col("label").isNotNull());
    return tasks.isEmpty() ? labelled : labelled.where(col("task").isin(tasks.toArray()));
  }

  private static List<RowsPart> collect(
      String folder, Dataset<Row> rows, RowsPart.Dealing dealing) {
    JavaRDD<RowsPart> parts =
        rows.javaRDD().mapPartitions(part -> List.of(RowsPart.of(part, dealing)).iterator());
    int step = Math.max(PARTS, PARTS_PER_CORE * parts.context().defaultParallelism());
    List<RowsPart> found = new ArrayList<>();
    PartsInSteps.forEach(
        parts,
        step,
        read -> {
          RowsPart part = read.get(0);
          if (part.block() == null) {
            throw new ConfigurationException(
                String.format(
                    Locale.ROOT,
                    "%s: row '%s' has split '%s'; splits are %s, or --split-by image deals rows anew",
                    folder,
                    part.id(),
                    part.split(),
                    Split.NAMES));
          }
          if (part.block().size() > 0) {
            found.add(part);
          }
        });
    return found;
  }

  @Override
  public void close() {
    labels.ifPresent(GivenLabels::close);
  }
}
