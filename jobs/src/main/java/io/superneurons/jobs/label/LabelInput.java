package io.superneurons.jobs.label;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.Manifest;
import io.superneurons.model.weights.Depth;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows to label and the Super Neurons of their tasks.
 *
 * @param manifest rows whose task is known, and rows that are errors already
 * @param superNeurons of the tasks that occur
 * @param skipped rows of tasks that were not asked for
 */
record LabelInput(Manifest manifest, SuperNeurons superNeurons, long skipped) {

  /**
   * Matches rows and tasks. A row that names neither a task nor a question, such as an image of a
   * folder, is asked about every task.
   *
   * @param asked tasks to label; empty for all
   * @param question of rows that bring none; null for their tasks' own
   * @throws ConfigurationException if a row's task has no Super Neurons, or none is left
   */
  static LabelInput of(
      Manifest manifest, SuperNeurons superNeurons, List<String> asked, String question) {
    TreeMap<String, TaskSuperNeurons> known = new TreeMap<>();
    superNeurons.tasks().forEach(task -> known.put(task.task(), task));
    refuseUnknown(new TreeSet<>(asked), known.keySet(), "--tasks names");
    Collection<String> chosen = asked.isEmpty() ? known.keySet() : new TreeSet<>(asked);
    Dataset<Row> all = withTasks(manifest.rows(), known.keySet(), chosen, question);
    Dataset<Row> rows =
        asked.isEmpty()
            ? all
            : all.where(col("task").isin(asked.toArray()).or(col("task").isNull()));
    Set<String> present = present(rows, known, question);
    Manifest left = manifest.with(rows);
    long skipped = asked.isEmpty() ? 0 : all.count() - left.rowCount();
    return new LabelInput(left, only(superNeurons, present), skipped);
  }

  /** Gives rows without a task the only one there is, or each of those that are chosen. */
  private static Dataset<Row> withTasks(
      Dataset<Row> rows, Set<String> known, Collection<String> chosen, String question) {
    Column unnamed = col("task").equalTo(TaskName.DEFAULT).and(col("problem").isNull());
    if (known.size() == 1) {
      return rows.withColumn(
          "task", when(unnamed, lit(known.iterator().next())).otherwise(col("task")));
    }
    if (known.contains(TaskName.DEFAULT)) {
      return rows;
    }
    Column unasked = col("question").isNull();
    Column open =
        unnamed.and(question == null ? unasked : unasked.or(col("question").equalTo(question)));
    Column every = array(chosen.stream().map(task -> lit(task)).toArray(Column[]::new));
    return rows.withColumn("open", open)
        .withColumn("task", explode(when(col("open"), every).otherwise(array(col("task")))))
        .withColumn(
            "id", when(col("open"), concat(col("id"), lit(":"), col("task"))).otherwise(col("id")))
        .drop("open");
  }

  /** The tasks that can be labelled. */
  private static Set<String> present(
      Dataset<Row> rows, TreeMap<String, TaskSuperNeurons> known, String question) {
    List<Row> tasks =
        rows.where("problem is null")
            .groupBy("task")
            .agg(count(col("question")))
            .orderBy("task")
            .collectAsList();
    Set<String> present =
        tasks.stream().map(row -> row.getString(0)).collect(Collectors.toCollection(TreeSet::new));
    if (present.isEmpty()) {
      throw new ConfigurationException("The input has no rows of the tasks to label");
    }
    refuseUnknown(present, known.keySet(), "The input has rows of");
    for (Row task : tasks) {
      if (task.getLong(1) == 0 && known.get(task.getString(0)).question().isEmpty()) {
        throw new ConfigurationException(
            String.format(
                    Locale.ROOT,
                    "No row of task %s has a question, and its probing rows had several; add"
                        + " --question, or",
                    task.getString(0))
                + " choose other tasks with --tasks");
      }
    }
    return present;
  }

  private static void refuseUnknown(Set<String> tasks, Set<String> known, String who) {
    Set<String> unknown = new TreeSet<>(tasks);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s tasks without Super Neurons: %s; those that have some: %s. Choose with --tasks",
              who,
              unknown,
              new TreeSet<>(known)));
    }
  }

  private static SuperNeurons only(SuperNeurons all, Set<String> tasks) {
    return new SuperNeurons(
        all.model(),
        all.prompt(),
        all.image(),
        all.storeDType(),
        all.computeDType(),
        all.versions(),
        all.tasks().stream().filter(task -> tasks.contains(task.task())).toList());
  }

  /** How deep the model must be opened: the deepest layer that any row may come to, or all. */
  Depth depth(CascadeSettings cascade) {
    List<TaskCascade> tasks = superNeurons.tasks().stream().map(cascade::cascade).toList();
    return tasks.stream().anyMatch(TaskCascade::mayAsk)
        ? Depth.full()
        : Depth.upTo(tasks.stream().mapToInt(TaskCascade::deepestLayer).max().orElseThrow());
  }
}
