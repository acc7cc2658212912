package io.superneurons.jobs;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.select.SelectOutput;
import io.superneurons.jobs.select.SelectRun;
import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.cascade.AnswerMatcher;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.vote.Picking;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Activations with planted neurons, what selection must make of them, and runs of it. */
public final class SelectFixture {
  private SelectFixture() {}

  /** The folder that {@code select_fixtures.py} wrote with pyarrow. */
  public static Path activations() {
    return resource("activations");
  }

  /** What the same script expects of selection. */
  public static JsonNode expected() throws IOException {
    return json("expected.json");
  }

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(resource(name)));
  }

  private static Path resource(String name) {
    try {
      return Path.of(SelectFixture.class.getResource("/select/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes changed rows as another folder of activations, with the same metadata. */
  public static Path variant(Path folder, Dataset<Row> rows) throws IOException {
    rows.write().parquet(folder.toString());
    Files.copy(activations().resolve("_superneurons.json"), folder.resolve("_superneurons.json"));
    return folder;
  }

  public static Dataset<Row> rows(SparkSession spark) {
    return spark.read().parquet(activations().toString());
  }

  /** Runs select as its command line does, within the session; returns what it printed. */
  public static String select(SparkSession spark, Path activations, Path output, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--activations", activations.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    SelectOptions options = new SelectOptions();
    new CommandLine(new Parsed(options)).parseArgs(arguments.toArray(String[]::new));
    StringWriter printed = new StringWriter();
    OutputFolder folder =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), output.toString(), Existing.REFUSE);
    SelectOutput to = new SelectOutput(folder, new PrintWriter(printed));
    new SelectRun(spark, SelectSettings.of(options), to).run();
    return printed.toString();
  }

  /**
   * Selects so that validation rows choose and take no part in the final fit, and all neurons may
   * vote.
   */
  public static void selectOnValidation(
      SparkSession spark, Path activations, Path output, String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--choose-on",
                "validation",
                "--fit-on",
                "probe",
                "--pick",
                "auto",
                "--max-q",
                "1",
                "--tolerance",
                "0"));
    options.addAll(List.of(more));
    select(spark, activations, output, options.toArray(String[]::new));
  }

  /** Fails unless the task was chosen as the NumPy program chose. */
  public static void sameChoice(JsonNode expected, TaskSuperNeurons task) {
    assertEquals(expected.get("rule").asText(), task.rule().label());
    assertEquals(expected.get("vote").asText(), task.voting().label());
    JsonNode pick = expected.get("pick");
    Picking picking = task.chosen().picking().orElseThrow();
    assertEquals(pick.get("kind").asText(), picking.kind().label());
    assertEquals(pick.get("most").asInt(), picking.most());
    assertEquals(expected.get("exit_layer").asInt(), task.exitLayer().number());
    assertEquals(names(expected.get("neurons")), names(task.neurons()));
    for (int i = 0; i < task.neurons().size(); i++) {
      double weight = task.neurons().get(i).weight();
      assertEquals(expected.get("weights").get(i).asDouble(), weight, 1e-9);
    }
    assertEquals(
        names(expected.get("best_anywhere")), names(task.bestAnywhere().orElseThrow().neurons()));
    assertEquals(expected.get("exit_plan").size(), task.chosen().exitPlan().size());
    for (int i = 0; i < expected.get("exit_plan").size(); i++) {
      JsonNode exit = expected.get("exit_plan").get(i);
      ExitPoint found = task.chosen().exitPlan().get(i);
      assertEquals(exit.get(0).asInt(), found.exitLayer().number());
      assertEquals(exit.get(1).asText(), found.rule().label());
      assertEquals(exit.get(2).asText(), found.voting().label());
      assertEquals(exit.get(3).asText(), found.picking().kind().label());
      assertEquals(exit.get(4).asInt(), found.picking().most());
      assertEquals(exit.get(5).asDouble(), found.score(), 1e-12);
    }
  }

  private static List<String> names(JsonNode neurons) {
    List<String> names = new ArrayList<>();
    neurons.forEach(neuron -> names.add(name(neuron)));
    return names;
  }

  private static List<String> names(List<SuperNeuron> neurons) {
    return neurons.stream().map(member -> name(member.neuron())).toList();
  }

  /** Fails unless every metric of every method on every set is scikit-learn's. */
  public static void sameMetrics(JsonNode expected, SparkSession spark, Path selection) {
    int compared = 0;
    int metrics = 0;
    Dataset<Row> evaluations = spark.read().parquet(selection.resolve("evaluations").toString());
    for (Row row :
        evaluations.where(col("task").equalTo(expected.get("task").asText())).collectAsList()) {
      JsonNode value =
          expected
              .get("metrics")
              .path(row.<String>getAs("method"))
              .path(row.<String>getAs("set"))
              .path(row.<String>getAs("metric"));
      if (!value.isMissingNode()) {
        assertEquals(value.asDouble(), row.<Double>getAs("value"), 1e-12, row.toString());
        assertTrue(row.<Double>getAs("ci_low") <= row.<Double>getAs("ci_high"));
        compared++;
      }
    }
    for (JsonNode method : expected.get("metrics")) {
      for (JsonNode ofSet : method) {
        metrics += ofSet.size();
      }
    }
    assertEquals(metrics, compared, "methods x sets x metrics");
  }

  /** Fails unless the curves' points of what was chosen are what was evaluated, on every set. */
  public static void curvesPassThroughTheChoice(SparkSession spark, Path selection)
      throws IOException {
    Dataset<Row> curves = spark.read().parquet(selection.resolve("curves").toString());
    for (TaskSuperNeurons task : read(selection).tasks()) {
      int compared = 0;
      for (Row point :
          curves
              .where(col("task").equalTo(task.task()))
              .where(
                  col("x_name")
                      .equalTo("exit_layer")
                      .and(col("x").equalTo(task.exitLayer().number()))
                      .or(
                          col("x_name")
                              .equalTo("top_k")
                              .and(col("x").equalTo(task.neurons().size()))))
              .collectAsList()) {
        double value = task.metrics().get(point.<String>getAs("set")).get(task.metric().label());
        assertEquals(value, point.<Double>getAs("value"), 1e-12, point.toString());
        compared++;
      }
      int sets =
          (int) task.metrics().keySet().stream().filter(set -> !set.equals("nested")).count();
      assertEquals(2 * sets, compared, task.task() + ": " + task.metrics().keySet());
    }
  }

  /** Fails unless the written neurons say of every row what the NumPy program says. */
  public static void samePredictions(JsonNode expected, SparkSession spark, TaskSuperNeurons task) {
    List<Row> rows = rows(spark).where(col("task").equalTo(task.task())).collectAsList();
    JsonNode predicted = expected.get("predicted");
    assertEquals(predicted.size(), rows.size());
    for (Row row : rows) {
      assertEquals(
          predicted.get(row.<String>getAs("id")).asText(null),
          task.classify(neuron -> value(row, neuron)).label().orElse(null));
    }
  }

  /** Fails unless the file's held-out rows are what the written levels say of these rows. */
  public static void sameHeldOut(TaskSuperNeurons task, List<Row> rows) {
    List<String> labels = task.labels();
    List<HeldOut.Said> said = new ArrayList<>();
    for (Level level : task.levels()) {
      List<Prediction> predictions =
          rows.stream().map(row -> level.classify(labels, neuron -> value(row, neuron))).toList();
      said.add(
          new HeldOut.Said(
              predictions.stream()
                  .mapToInt(p -> p.label().map(labels::indexOf).orElse(-1))
                  .toArray(),
              predictions.stream().mapToDouble(Prediction::margin).toArray()));
    }
    AnswerMatcher matcher = new AnswerMatcher(labels);
    int[] answers = rows.stream().mapToInt(row -> matcher.match(row.getAs("answer"))).toArray();
    int[] given = rows.stream().mapToInt(row -> labels.indexOf(row.getAs("label"))).toArray();
    boolean answered = rows.stream().anyMatch(row -> row.getAs("answer") != null);
    HeldOut expected = HeldOut.of(given, said, answered ? Optional.of(answers) : Optional.empty());
    HeldOut found = task.cascade().heldOut().orElseThrow();
    assertArrayEquals(expected.rows(), found.rows());
    assertTrue(Arrays.deepEquals(expected.margins(), found.margins()));
    assertTrue(Arrays.deepEquals(expected.right(), found.right()));
    assertArrayEquals(expected.answerRight(), found.answerRight());
  }

  /** A neuron's value on a row of activations. */
  public static float value(Row row, Neuron neuron) {
    byte[] bytes = row.getAs(neuron.layerSite().column());
    return new ActivationCodec(StoreDType.FLOAT16).decode(bytes)[neuron.index()];
  }

  public static SuperNeurons read(Path output) throws IOException {
    Path file = output.resolve(SuperNeurons.FILE_NAME);
    return SuperNeurons.fromJson(Files.readString(file), file.toString());
  }

  /** The text of the file without its exit plans, which tell what else was tried. */
  public static String withoutExitPlans(SuperNeurons file) {
    return new SuperNeurons(
            file.model(),
            file.prompt(),
            file.image(),
            file.storeDType(),
            file.computeDType(),
            file.versions(),
            file.tasks().stream().map(task -> task.withExitPlan(List.of())).toList())
        .toJson();
  }

  public static TaskSuperNeurons task(SuperNeurons superNeurons, String name) {
    return superNeurons.tasks().stream()
        .filter(task -> task.task().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public static String name(Neuron neuron) {
    return neuron.layer() + " " + neuron.site() + " " + neuron.index();
  }

  public static String name(JsonNode neuron) {
    return neuron.get(0).asInt() + " " + neuron.get(1).asText() + " " + neuron.get(2).asInt();
  }

  @CommandLine.Command
  private record Parsed(@CommandLine.Mixin SelectOptions options) {}
}
