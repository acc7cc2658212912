package io.superneurons.export;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.jobs.parquet.ParquetFolder;
import io.superneurons.jobs.results.ScoredNeuron;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** The tables of a selection with flat columns, and the neurons that they rank. */
final class TidySelection {
  private final SparkSession spark;
  private final SelectionFolder folder;
  private final List<String> tasks;
  private final List<LayerSite> places;

  /**
   * Part of a selection.
   *
   * @param tasks that are wanted; all if empty
   * @param places whose neurons are wanted
   */
  TidySelection(
      SparkSession spark, SelectionFolder folder, List<String> tasks, List<LayerSite> places) {
    this.spark = spark;
    this.folder = folder;
    this.tasks = tasks;
    this.places = places;
  }

  /** Layers of a part of the model up to the deepest that has a score; 0 if none has. */
  static int layers(SparkSession spark, SelectionFolder folder, Part part) {
    Row deepest =
        table(spark, folder, SelectionFolder.Table.SCORES)
            .where(ofPart(part))
            .agg(max("layer"))
            .head();
    return deepest.isNullAt(0) ? 0 : deepest.getInt(0) + 1;
  }

  private static Object[] labels(Collection<Site> sites) {
    return sites.stream().map(Site::label).toArray();
  }

  /**
   * One row per task and neuron. The threshold stands in a column of its own; the class means are
   * an array in Parquet, and in CSV a text with semicolons between them. The area under the curve
   * is null in folders of earlier versions, which have none.
   */
  Dataset<Row> scores(TableFormat format) {
    Dataset<Row> scores = ofPlaces();
    Set<String> there = Set.of(scores.columns());
    return scores.select(
        ScoredNeuron.SCHEMA.columns().stream()
            .map(
                name ->
                    there.contains(name) ? flat(name, format) : lit(null).cast("double").as(name))
            .toArray(Column[]::new));
  }

  private static Column flat(String name, TableFormat format) {
    return switch (name) {
      case ScoredNeuron.THRESHOLDS -> get(col(name), lit(0)).as("threshold");
      case ScoredNeuron.MEANS ->
          switch (format) {
            case CSV -> array_join(col(name).cast("array<string>"), ";").as(name);
            case PARQUET -> col(name);
          };
      default -> col(name);
    };
  }

  /** A row for each task, set, method and metric. */
  Dataset<Row> evaluations() {
    return ofTasks(SelectionFolder.Table.EVALUATIONS).coalesce(1);
  }

  /** A row for each task, set and point of a curve. */
  Dataset<Row> curves() {
    return ofTasks(SelectionFolder.Table.CURVES).coalesce(1);
  }

  /** The Super Neurons of each task. */
  Map<String, List<Neuron>> selected() {
    Predicate<Neuron> wanted = neuron -> places.contains(neuron.layerSite());
    Map<String, List<Neuron>> neurons = new TreeMap<>();
    for (TaskSuperNeurons task : folder.superNeurons().tasks()) {
      if (tasks.isEmpty() || tasks.contains(task.task())) {
        neurons.put(
            task.task(), task.neurons().stream().map(SuperNeuron::neuron).filter(wanted).toList());
      }
    }
    return neurons;
  }

  /** The neurons of each task that score best on probing rows; of equals the first. */
  Map<String, List<Neuron>> top(int count) {
    var best =
        Window.partitionBy("task")
            .orderBy(
                col("probe").desc_nulls_last(),
                not(ofPart(Part.TOWER)),
                col("layer"),
                siteOrder(),
                col("index"));
    Map<String, List<Neuron>> neurons = new TreeMap<>();
    for (Row row :
        ofPlaces()
            .withColumn("rank", row_number().over(best))
            .where(col("rank").leq(count))
            .select("task", "layer", "site", "index")
            .collectAsList()) {
      neurons
          .computeIfAbsent(row.getString(0), task -> new ArrayList<>())
          .add(new Neuron(row.getInt(1), Site.of(row.getString(2)), row.getInt(3)));
    }
    return neurons;
  }

  private static Column siteOrder() {
    Column order = lit(Site.values().length);
    for (Site site : Site.values()) {
      order = when(col("site").equalTo(site.label()), site.ordinal()).otherwise(order);
    }
    return order;
  }

  private Dataset<Row> ofPlaces() {
    Column wanted = lit(false);
    for (Part part : Part.values()) {
      List<LayerSite> own = places.stream().filter(place -> place.site().part() == part).toList();
      Object[] sites = labels(own.stream().map(LayerSite::site).distinct().toList());
      Object[] layers = own.stream().map(LayerSite::layer).distinct().toArray();
      wanted = wanted.or(col("site").isin(sites).and(col("layer").isin(layers)));
    }
    return ofTasks(SelectionFolder.Table.SCORES).where(wanted);
  }

  private static Column ofPart(Part part) {
    return col("site").isin(labels(Site.of(part)));
  }

  private Dataset<Row> ofTasks(SelectionFolder.Table table) {
    Dataset<Row> all = table(spark, folder, table);
    return tasks.isEmpty() ? all : all.where(col("task").isin(tasks.toArray()));
  }

  private static Dataset<Row> table(
      SparkSession spark, SelectionFolder folder, SelectionFolder.Table table) {
    return ParquetFolder.read(spark, folder.path(table).toString(), column -> true);
  }
}
