package io.superneurons.jobs.label;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.manifest.InputSummary;
import io.superneurons.jobs.manifest.Manifest;
import io.superneurons.jobs.manifest.TaskQuestions;
import io.superneurons.jobs.results.Reach;
import io.superneurons.model.weights.Depth;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows to label and the Super Neurons of their tasks.
 *
 * @param rows gives rows their tasks, and skips those of tasks that were not asked for; rows that
 *     are errors already stay
 * @param superNeurons of the tasks that occur
 */
record LabelInput(UnaryOperator<Dataset<Row>> rows, SuperNeurons superNeurons) {

  /**
   * Matches rows and tasks. A row that names neither a task nor a question, such as an image of a
   * folder, is asked about every task.
   *
   * @param named the tasks that rows of the input name
   * @param asked tasks to label; empty for all
   * @param question of rows that bring none; null for their tasks' own
   * @throws ConfigurationException if a row's task has no Super Neurons, or none is left
   */
  static LabelInput of(
      Map<String, InputSummary.Task> named,
      SuperNeurons superNeurons,
      List<String> asked,
      String question) {
    TreeMap<String, TaskSuperNeurons> known = new TreeMap<>();
    superNeurons.tasks().forEach(task -> known.put(task.task(), task));
    refuseUnknown(new TreeSet<>(asked), known.keySet(), "--tasks names");
    TreeSet<String> chosen = new TreeSet<>(asked.isEmpty() ? known.keySet() : asked);
    TreeSet<String> tasks = new TreeSet<>(known.keySet());
    Set<String> present = present(named, known, chosen, asked);
    UnaryOperator<Dataset<Row>> rows =
        all -> {
          Dataset<Row> placed = withTasks(all, tasks, chosen, question);
          return asked.isEmpty()
              ? placed
              : placed.withColumn(
                  Manifest.SKIPPED,
                  coalesce(not(col(ManifestRow.TASK).isin(asked.toArray())), lit(false)));
        };
    return new LabelInput(rows, only(superNeurons, present));
  }

  /** Gives rows without a task the only one there is, or each of those that are chosen. */
  private static Dataset<Row> withTasks(
      Dataset<Row> rows, Set<String> known, Collection<String> chosen, String question) {
    Column unnamed =
        col(ManifestRow.TASK).equalTo(TaskName.DEFAULT).and(col(ManifestRow.PROBLEM).isNull());
    if (known.size() == 1) {
      return rows.withColumn(
          ManifestRow.TASK,
          when(unnamed, lit(known.iterator().next())).otherwise(col(ManifestRow.TASK)));
    }
    if (known.contains(TaskName.DEFAULT)) {
      return rows;
    }
    Column unasked = col(ManifestRow.QUESTION).isNull();
    Column open =
        unnamed.and(
            question == null ? unasked : unasked.or(col(ManifestRow.QUESTION).equalTo(question)));
    Column every = array(chosen.stream().map(task -> lit(task)).toArray(Column[]::new));
    return rows.withColumn("open", open)
        .withColumn(
            ManifestRow.TASK,
            explode(when(col("open"), every).otherwise(array(col(ManifestRow.TASK)))))
        .withColumn(
            ManifestRow.ID,
            when(col("open"), concat(col(ManifestRow.ID), lit(":"), col(ManifestRow.TASK)))
                .otherwise(col(ManifestRow.ID)))
        .drop("open");
  }

  /** The tasks that can be labelled: as {@link #withTasks} gives them to rows. */
  private static Set<String> present(
      Map<String, InputSummary.Task> named,
      TreeMap<String, TaskSuperNeurons> known,
      TreeSet<String> chosen,
      List<String> asked) {
    TreeMap<String, Long> questions = new TreeMap<>();
    named.forEach(
        (task, rows) -> {
          boolean isUnnamed = task.equals(TaskName.DEFAULT) && !known.containsKey(task);
          if (isUnnamed && known.size() == 1) {
            questions.merge(known.firstKey(), rows.asked(), Long::sum);
          } else if (isUnnamed) {
            // those that are open may have the question of all, and no others have one less
            long all = rows.asked() - (rows.usable() - rows.open());
            if (rows.open() > 0) {
              chosen.forEach(one -> questions.merge(one, all, Long::sum));
            }
            if (rows.open() < rows.usable()) {
              questions.merge(task, rows.asked() - all, Long::sum);
            }
          } else {
            questions.merge(task, rows.asked(), Long::sum);
          }
        });
    if (!asked.isEmpty()) {
      questions.keySet().retainAll(asked);
    }
    if (questions.isEmpty()) {
      throw new ConfigurationException("The input has no rows of the tasks to label");
    }
    refuseUnknown(questions.keySet(), known.keySet(), "The input has rows of");
    boolean reads =
        questions.keySet().stream().map(known::get).anyMatch(LabelInput::readsQuestions);
    questions.forEach(
        (task, rows) -> {
          if (reads && rows == 0 && known.get(task).question().isEmpty()) {
            throw new ConfigurationException(
                String.format(
                    Locale.ROOT,
                    "No row of task %s has a question, and its probing rows had several; add"
                        + " --question, or choose other tasks with --tasks",
                    task));
          }
        });
    return questions.keySet();
  }

  /** Whether rows of the task may come to the decoder; the vision tower sees no question. */
  private static boolean readsQuestions(TaskSuperNeurons task) {
    return task.levels().stream().anyMatch(level -> !level.exitLayer().inTower());
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

  /**
   * The same with another margin below which rows are undecided.
   *
   * @throws ConfigurationException if no row of any task can reach it
   */
  LabelInput abstaining(double below) {
    SuperNeurons abstaining = superNeurons.abstaining(below);
    boolean any =
        abstaining.tasks().stream()
            .flatMap(task -> task.levels().stream().map(level -> mostMargin(task, level)))
            .anyMatch(most -> below <= most);
    if (!any) {
      throw new ConfigurationException(
          abstaining.tasks().stream()
              .map(task -> "task " + task.task() + ": " + Reach.none(task).orElseThrow())
              .collect(Collectors.joining("; ")));
    }
    return new LabelInput(rows, abstaining);
  }

  private static double mostMargin(TaskSuperNeurons task, Level level) {
    return level.mostMargin(task.labels().size());
  }

  /** Those of some tasks. */
  static SuperNeurons only(SuperNeurons all, Set<String> tasks) {
    return new SuperNeurons(
        all.model(),
        all.prompt(),
        all.image(),
        all.storeDType(),
        all.computeDType(),
        all.versions(),
        all.tasks().stream().filter(task -> tasks.contains(task.task())).toList());
  }

  /** What the tasks' probing rows asked, where each asked the same. */
  TaskQuestions questions() {
    Map<String, String> byTask = new TreeMap<>();
    superNeurons
        .tasks()
        .forEach(task -> task.question().ifPresent(asked -> byTask.put(task.task(), asked)));
    return TaskQuestions.of(byTask);
  }

  /** How deep the model must be opened: the deepest layer that any row may come to, or all. */
  Depth depth(CascadeSettings cascade) {
    List<TaskCascade> tasks = superNeurons.tasks().stream().map(cascade::cascade).toList();
    return tasks.stream().anyMatch(TaskCascade::mayAsk)
        ? Depth.full()
        : Depth.upTo(
            tasks.stream()
                .map(TaskCascade::deepestLayer)
                .max(Comparator.naturalOrder())
                .orElseThrow());
  }
}
