package io.superneurons.jobs.label;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.model.ImageOptions;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.model.PromptOptions;
import io.superneurons.jobs.pass.BatchLimit;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.CapturePlan;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.ImageFiles;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.weights.Depth;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Confusion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One image, asked about tasks: first as label asks, with the layers up to each exit, then the
 * model itself.
 */
final class OneImage {
  private final TryOptions options;
  private final Configuration conf;
  private final SuperNeurons superNeurons;
  private final ModelDescription description;
  private final PrintWriter out;

  private OneImage(
      TryOptions options,
      Configuration conf,
      SuperNeurons superNeurons,
      ModelDescription description,
      PrintWriter out) {
    this.options = options;
    this.conf = conf;
    this.superNeurons = superNeurons;
    this.description = description;
    this.out = out;
  }

  /**
   * Reads what the options name.
   *
   * @throws ConfigurationException if the model and the Super Neurons do not fit, there is no such
   *     task, or no question
   */
  static OneImage of(TryOptions options, PrintWriter out) {
    options.maxNewTokens(); // refused before a model is opened
    options.question();
    Configuration conf = Sessions.hadoopConfiguration();
    SuperNeurons all = options.superNeurons().read(conf);
    ModelDescription description = ModelCheck.describe(options.model().checkpoint());
    NeuronsOfModel.require(
        all, options.superNeurons().source(), description, options.model().source());
    SuperNeurons asked = asked(all, options.tasks());
    if (options.question() == null) {
      requireQuestions(asked);
    }
    return new OneImage(options, conf, asked, description, out);
  }

  private static SuperNeurons asked(SuperNeurons all, List<String> tasks) {
    TreeSet<String> unknown = new TreeSet<>(tasks);
    TreeSet<String> known = new TreeSet<>();
    all.tasks().forEach(task -> known.add(task.task()));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("--tasks: there are no " + unknown + "; tasks: " + known);
    }
    return tasks.isEmpty() ? all : LabelInput.only(all, Set.copyOf(tasks));
  }

  private static void requireQuestions(SuperNeurons asked) {
    for (TaskSuperNeurons task : asked.tasks()) {
      if (task.question().isEmpty()) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "The probing rows of task %s had several questions; say what to ask: try ... IMAGE"
                    + " \"QUESTION\", or choose other tasks with --tasks",
                task.task()));
      }
    }
  }

  /**
   * Asks and prints.
   *
   * @return the exit code
   * @throws RunStoppedException if the image cannot be asked about, saying why
   */
  int run() throws IOException, InterruptedException {
    List<ManifestRow> rows = rows();
    LabelPlan plan = new LabelPlan(superNeurons, CascadeSettings.NONE);
    ExecutorModel model = ExecutorModel.get(spec(), conf);
    Map<String, String> answers = new HashMap<>();
    if (options.maxNewTokens() > 0) {
      Capture answer = Capture.withAnswer(List.of(), options.maxNewTokens());
      ask(
          model,
          batch -> PassPlan.of(answer),
          rows,
          (row, output) -> answers.put(row.task(), model.text(output.answerIds())));
    }
    out.printf("%s%n", options.image());
    ask(model, plan, rows, (row, output) -> print(row, plan, answers.get(row.task())));
    out.flush();
    return 0;
  }

  private List<ManifestRow> rows() throws IOException {
    String location;
    try {
      Path path = PathNames.path(options.image());
      location = PathNames.fileSystem(conf, path).makeQualified(path).toString();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(options.image() + " is no path: " + e.getMessage(), e);
    }
    List<ManifestRow> rows = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      String question =
          options.question() == null ? task.question().orElseThrow() : options.question();
      rows.add(
          new ManifestRow(
              task.task(),
              task.task(),
              null,
              options.image(),
              question,
              null,
              location,
              null,
              null,
              null,
              null));
    }
    return rows;
  }

  private ModelSpec spec() {
    Depth depth =
        options.maxNewTokens() > 0
            ? Depth.full()
            : Depth.upTo(
                superNeurons.tasks().stream()
                    .map(CascadeSettings.NONE::cascade)
                    .map(TaskCascade::deepestLayer)
                    .max(Comparator.naturalOrder())
                    .orElseThrow());
    return options
        .model()
        .spec(
            NeuronsOfModel.computation(superNeurons.computeDType()),
            depth,
            PromptOptions.of(superNeurons.prompt()),
            ImageOptions.limits(description, superNeurons.image()));
  }

  /** What is done with a row that went through the model. */
  private interface Told {
    void of(ManifestRow row, RowOutput output);
  }

  private void ask(ExecutorModel model, CapturePlan plan, List<ManifestRow> rows, Told told)
      throws IOException, InterruptedException {
    EffortClock clock = new EffortClock();
    ImageFiles images = new ImageFiles(conf, options.model().maxImageBytes(), clock);
    BatchLimit limit = BatchLimit.ofHeap(options.model().batchSize(), 1);
    RowSink sink =
        new RowSink() {
          @Override
          public void done(ManifestRow row, String imageSha256, RowOutput output) {
            told.of(row, output);
          }

          @Override
          public void failed(RowError error) {
            throw new RunStoppedException(error.error().label() + ": " + error.detail());
          }
        };
    try (BatchRunner.Run run =
        new BatchRunner(model.timedBy(clock), images, limit, plan).start(rows.iterator())) {
      while (run.hasNext()) {
        run.next(sink);
      }
    }
  }

  private void print(ManifestRow row, LabelPlan plan, String answer) {
    LabelPlan.Decided decided = plan.take(row).orElseThrow();
    TaskSuperNeurons task = decided.task();
    Prediction votes = decided.decision().prediction();
    out.printf("%s: %s%n", task.task(), row.question());
    TaskWarnings.of(task, row.question()).forEach(told -> out.printf("  note    %s%n", told));
    Double probability = PredictionsWriter.probability(decided);
    out.printf(
        "  label   %s%s, margin %.3f%n",
        task.answer(votes).orElse("undecided"),
        probability == null || votes.label().isEmpty()
            ? ""
            : String.format(Locale.ROOT, ", probability %.3f", probability),
        votes.margin());
    out.printf(
        "  votes   %s, of %d neurons%n",
        votes.votes().entrySet().stream()
            .map(vote -> vote.getKey() + " " + weight(vote.getValue()))
            .collect(Collectors.joining(", ")),
        task.neurons().size());
    ModelLayer exit = decided.level().exitLayer();
    out.printf(
        "  exit    after %s of the %s%n",
        exit,
        exit.inTower()
            ? "vision tower's " + description.layers().tower()
            : "decoder's " + description.layers().decoder());
    if (answer != null) {
      int label = plan.labelOf(row, answer);
      out.printf(
          "  model   answers \"%s\"%s%n",
          answer.strip().replaceAll("\\s+", " "),
          label == Confusion.NO_LABEL
              ? ", which is no label"
              : ", that is " + task.labels().get(label));
    }
  }

  /** To three decimals; of votes that are all alike a number of neurons. */
  private static String weight(double weight) {
    double rounded = Math.rint(weight * 1000) / 1000;
    return String.format(Locale.ROOT, rounded == Math.rint(rounded) ? "%.0f" : "%.3f", rounded);
  }
}
