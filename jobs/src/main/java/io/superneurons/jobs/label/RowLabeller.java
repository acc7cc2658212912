package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.model.CheckpointOptions;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.model.PromptOptions;
import io.superneurons.jobs.pass.BatchLimit;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.ImageFiles;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.Depth;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Labels rows in whatever Spark tasks hold them, such as those of a DataFrame, with what label's
 * job says of them: the same passes, votes and columns. One for a run; it travels to the executors,
 * and each of these opens one model.
 *
 * @param model what executors open
 * @param superNeurons the text of superneurons.json, with the tasks that are asked about
 * @param tasks their names, and the question that each one's probing rows shared, or null
 * @param maxImageBytes rows on larger images fail
 * @param batchSize most rows in one pass
 */
public record RowLabeller(
    ModelSpec model,
    String superNeurons,
    TreeMap<String, String> tasks,
    long maxImageBytes,
    int batchSize)
    implements Serializable {

  /** The columns that a labelled row has beside its own; a task first. */
  public static final StructType COLUMNS =
      new StructType()
          .add("task", DataTypes.StringType)
          .add("prediction", DataTypes.StringType)
          .add("votes", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
          .add("margin", DataTypes.DoubleType)
          .add("probability", DataTypes.DoubleType)
          .add("exit_layer", DataTypes.IntegerType)
          .add("exit_part", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add("error_kind", DataTypes.StringType)
          .add("error", DataTypes.StringType);

  private static final PredictionColumns PREDICTIONS = new PredictionColumns(false, false);

  /**
   * Reads model and Super Neurons on the driver.
   *
   * @param file superneurons.json, or the folder that holds it
   * @param asked tasks to ask about; empty for all
   * @throws ConfigurationException if they do not fit, or there is no such task
   */
  public static RowLabeller of(
      CheckpointOptions options, String file, List<String> asked, Configuration conf) {
    SuperNeurons all = SelectionFolder.open(conf, file).superNeurons();
    ModelDescription description = ModelCheck.describe(options.checkpoint());
    NeuronsOfModel.require(all, file, description, options.source());
    TreeMap<String, String> tasks = new TreeMap<>();
    all.tasks().forEach(task -> tasks.put(task.task(), task.question().orElse(null)));
    Set<String> unknown = new TreeSet<>(asked);
    unknown.removeAll(tasks.keySet());
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "There are no tasks %s; tasks: %s", unknown, tasks.keySet()));
    }
    if (!asked.isEmpty()) {
      tasks.keySet().retainAll(asked);
    }
    SuperNeurons chosen = LabelInput.only(all, tasks.keySet());
    ModelSpec spec =
        options.spec(
            NeuronsOfModel.computation(all.computeDType()),
            depth(chosen.tasks()),
            PromptOptions.of(all.prompt()),
            ImageOptions.limits(description, all.image()));
    ModelCheck.require(description.checkpoint(), spec);
    return new RowLabeller(
        spec, chosen.toJson(), tasks, options.maxImageBytes(), options.batchSize());
  }

  /**
   * Why labels may mean nothing, a line for people each, with its task: what label's job warns of,
   * but for questions that rows bring.
   *
   * @param asked tasks that rows are asked about
   * @param given question of rows that bring none; null for that of their tasks
   */
  public List<String> warnings(Set<String> asked, String given) {
    List<String> told = new ArrayList<>();
    for (TaskSuperNeurons task :
        SuperNeurons.fromJson(superNeurons, SuperNeurons.FILE_NAME).tasks()) {
      if (asked.contains(task.task())) {
        TaskWarnings.of(task, given).forEach(line -> told.add("task " + task.task() + ": " + line));
      }
    }
    return told;
  }

  private static Depth depth(List<TaskSuperNeurons> tasks) {
    return Depth.upTo(
        tasks.stream()
            .map(CascadeSettings.NONE::cascade)
            .map(TaskCascade::deepestLayer)
            .max(Comparator.naturalOrder())
            .orElseThrow());
  }

  /**
   * Labels rows, a batch each time one is asked for. Where there is no Spark task, which would end
   * what is prepared ahead of a batch, the rows are to be taken to the last.
   *
   * @param rows with ids of their own, their tasks among {@link #tasks}
   * @return values of {@link #COLUMNS} by the rows' ids, about in their order
   */
  public Iterator<Map.Entry<String, Object[]>> label(
      Iterator<ManifestRow> rows, Configuration conf) {
    LabelledBatches results = new LabelledBatches(indexes());
    ExecutorModel opened = ExecutorModel.get(model, conf);
    Stage.Opened stage =
        LabelStage.open(superNeurons, CascadeSettings.NONE, PREDICTIONS, opened, results);
    EffortClock clock = new EffortClock();
    BatchRunner runner =
        new BatchRunner(
            opened.timedBy(clock),
            new ImageFiles(conf, maxImageBytes, clock),
            BatchLimit.ofHeap(batchSize, ExecutorModel.taskSlots()),
            stage.plan());
    BatchRunner.Run run = runner.start(rows);
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> run.close());
    }
    return results.of(run, stage.sink());
  }

  /** Where each of {@link #COLUMNS} stands among those of predictions. */
  private static int[] indexes() {
    List<Integer> indexes = new ArrayList<>();
    for (String name : COLUMNS.fieldNames()) {
      indexes.add(PREDICTIONS.schema().getFieldIndex(name));
    }
    return indexes.stream().mapToInt(Integer::intValue).toArray();
  }
}
