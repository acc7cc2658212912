package io.superneurons.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
   * Matches rows and tasks.
   *
   * @param asked tasks to label; empty for all
   * @throws ConfigurationException if a row's task has no Super Neurons, or none is left
   */
  static LabelInput of(Manifest manifest, SuperNeurons superNeurons, List<String> asked) {
    Set<String> known =
        superNeurons.tasks().stream().map(TaskSuperNeurons::task).collect(Collectors.toSet());
    refuseUnknown(new TreeSet<>(asked), known, "--tasks names");
    Dataset<Row> rows = known.size() == 1 ? named(manifest.rows(), known) : manifest.rows();
    if (!asked.isEmpty()) {
      rows = rows.where(col("task").isin(asked.toArray()).or(col("problem").isNotNull()));
    }
    Set<String> present =
        rows.where("problem is null").select("task").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toCollection(TreeSet::new));
    if (present.isEmpty()) {
      throw new ConfigurationException("The input has no rows of the tasks " + asked);
    }
    refuseUnknown(present, known, "The input has rows of");
    Manifest left = manifest.with(rows);
    return new LabelInput(left, only(superNeurons, present), manifest.rowCount() - left.rowCount());
  }

  /** Rows that name no task, where there is only one. */
  private static Dataset<Row> named(Dataset<Row> rows, Set<String> only) {
    return rows.withColumn(
        "task",
        when(col("task").equalTo(ManifestRow.DEFAULT_TASK), lit(only.iterator().next()))
            .otherwise(col("task")));
  }

  private static void refuseUnknown(Set<String> tasks, Set<String> known, String who) {
    Set<String> unknown = new TreeSet<>(tasks);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          "%s tasks without Super Neurons: %s; those that have some: %s. Choose with --tasks"
              .formatted(who, unknown, new TreeSet<>(known)));
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

  /** The deepest layer that any task needs. */
  int exitLayer() {
    return superNeurons.tasks().stream().mapToInt(TaskSuperNeurons::exitLayer).max().orElseThrow();
  }
}
