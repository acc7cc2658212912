package io.superneurons.jobs;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Writes the tables of select's output. */
final class SelectTables {
  private static final List<String> NEURON = List.of("task", "layer", "site", "index");
  private static final StructType SCORES =
      schema("task", StringType)
          .add("layer", IntegerType)
          .add("site", StringType)
          .add("index", IntegerType)
          .add("rule", StringType)
          .add("label", StringType)
          .add("polarity", IntegerType)
          .add("thresholds", createArrayType(DoubleType))
          .add("means", createArrayType(DoubleType))
          .add("probe", DoubleType)
          .add("auc", DoubleType)
          .add("validation", DoubleType)
          .add("p_value", DoubleType);
  private static final StructType CHOSEN_RULES = schema("task", StringType).add("rule", StringType);
  private static final StructType SELECTED =
      schema("task", StringType)
          .add("layer", IntegerType)
          .add("site", StringType)
          .add("index", IntegerType)
          .add("selected", BooleanType);
  private static final StructType EVALUATIONS =
      schema("task", StringType)
          .add("set", StringType)
          .add("method", StringType)
          .add("metric", StringType)
          .add("value", DoubleType)
          .add("n", IntegerType)
          .add("ci_low", DoubleType)
          .add("ci_high", DoubleType)
          .add("k", IntegerType)
          .add("exit_layer", IntegerType);
  private static final StructType CURVES =
      schema("task", StringType)
          .add("set", StringType)
          .add("x_name", StringType)
          .add("x", IntegerType)
          .add("value", DoubleType);

  private final SparkSession spark;
  private final String output;

  SelectTables(SparkSession spark, String output) {
    this.spark = spark;
    this.output = output;
  }

  private static StructType schema(String name, DataType type) {
    return new StructType().add(name, type);
  }

  /**
   * Writes {@code scores}: of the rules that were tried, the chosen one of each task. The false
   * discovery rate counts them all.
   */
  void writeScores(JavaRDD<SelectScores> scores, SelectWork work, List<TaskSuperNeurons> chosen) {
    List<SelectTaskNames> names =
        work.plans().stream()
            .map(plan -> new SelectTaskNames(plan.rows().task(), plan.rows().labels()))
            .toList();
    JavaRDD<Row> rows = scores.flatMap(shard -> scoreRows(shard, names).iterator());
    Dataset<Row> all = spark.createDataFrame(rows, SCORES);
    withQValues(all)
        .join(broadcast(chosenRules(chosen)), arrayOf("task", "rule"), "inner")
        .join(broadcast(selected(chosen)), NEURON.toArray(String[]::new), "left")
        .select(scoreColumns())
        .write()
        .parquet(path("scores"));
  }

  private static String[] arrayOf(String... names) {
    return names;
  }

  private static Column[] scoreColumns() {
    List<Column> columns = new ArrayList<>(Arrays.stream(SCORES.names()).map(c -> col(c)).toList());
    columns.add(col("q_value"));
    columns.add(coalesce(col("selected"), lit(false)).as("selected"));
    return columns.toArray(Column[]::new);
  }

  /**
   * Benjamini and Hochberg's q-values within each task. Many neurons share a p-value, so ranks are
   * counted over the distinct ones.
   */
  private static Dataset<Row> withQValues(Dataset<Row> scores) {
    // Both frames grow by a row at a time; one that shrinks would be summed anew for every row.
    WindowSpec upTo = Window.partitionBy("task").orderBy(col("p_value").asc());
    WindowSpec downTo = Window.partitionBy("task").orderBy(col("p_value").desc());
    Column tried = sum("tried").over(Window.partitionBy("task"));
    Column rank = sum("tried").over(soFar(upTo));
    Column least = min("bound").over(soFar(downTo));
    Dataset<Row> q =
        scores
            .where(col("p_value").isNotNull())
            .groupBy("task", "p_value")
            .agg(count(lit(1)).as("tried"))
            .withColumn("bound", col("p_value").multiply(tried).divide(rank))
            .withColumn("q_value", least)
            .select("task", "p_value", "q_value");
    return scores.join(q, arrayOf("task", "p_value"), "left");
  }

  private static WindowSpec soFar(WindowSpec ordered) {
    return ordered.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  private Dataset<Row> chosenRules(List<TaskSuperNeurons> chosen) {
    List<Row> rows =
        chosen.stream().map(t -> RowFactory.create(t.task(), t.rule().label())).toList();
    return spark.createDataFrame(rows, CHOSEN_RULES);
  }

  private Dataset<Row> selected(List<TaskSuperNeurons> chosen) {
    List<Row> rows = new ArrayList<>();
    for (TaskSuperNeurons task : chosen) {
      task.neurons().stream()
          .map(SuperNeuron::neuron)
          .distinct()
          .forEach(
              n ->
                  rows.add(
                      RowFactory.create(
                          task.task(), n.layer(), n.site().label(), n.index(), true)));
    }
    return spark.createDataFrame(rows, SELECTED);
  }

  private static List<Row> scoreRows(SelectScores scores, List<SelectTaskNames> names) {
    List<Row> rows = new ArrayList<>();
    for (int task = 0; task < names.size(); task++) {
      SelectScores.Task ofTask = scores.tasks().get(task);
      for (SelectScores.Column column : ofTask.columns()) {
        for (int i = 0; i < scores.shard().size(); i++) {
          rows.add(scoreRow(scores.shard(), names.get(task), ofTask.means(), column, i));
        }
      }
    }
    return rows;
  }

  private static Row scoreRow(
      SelectShard shard, SelectTaskNames names, double[] means, SelectScores.Column c, int i) {
    int labels = names.labels().size();
    double threshold = c.threshold()[i];
    boolean selectable = c.polarity()[i] != 0;
    return RowFactory.create(
        names.task(),
        shard.column().layer(),
        shard.column().site().label(),
        shard.from() + i,
        c.rule(),
        c.detected()[i] < 0 ? null : names.labels().get(c.detected()[i]),
        selectable ? (int) c.polarity()[i] : null,
        selectable && !Double.isNaN(threshold) ? new double[] {threshold} : new double[0],
        Arrays.copyOfRange(means, i * labels, (i + 1) * labels),
        known(c.probe()[i]),
        known(c.auc()[i]),
        known(c.validation()[i]),
        known(c.pValue()[i]));
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Writes {@code evaluations}. */
  void writeEvaluations(List<SelectEvaluation> evaluations) {
    List<Row> rows =
        evaluations.stream()
            .map(
                e ->
                    RowFactory.create(
                        e.task(),
                        e.set(),
                        e.method(),
                        e.metric(),
                        e.value(),
                        e.rows(),
                        e.interval() == null ? null : e.interval().low(),
                        e.interval() == null ? null : e.interval().high(),
                        e.topK(),
                        e.exitLayer()))
            .toList();
    writeSmall(rows, EVALUATIONS, "evaluations");
  }

  /** Writes {@code curves}. */
  void writeCurves(List<SelectCurvePoint> points) {
    List<Row> rows =
        points.stream()
            .map(p -> RowFactory.create(p.task(), p.set(), p.xName(), p.x(), p.value()))
            .toList();
    writeSmall(rows, CURVES, "curves");
  }

  private void writeSmall(List<Row> rows, StructType schema, String name) {
    spark.createDataFrame(rows, schema).coalesce(1).write().parquet(path(name));
  }

  private String path(String name) {
    return new Path(output, name).toString();
  }
}
