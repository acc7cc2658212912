package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.Neuron;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.NeuronProfile;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Select on planted neurons, against the NumPy program in {@code select_fixtures.py}. */
class SelectRunTest {
  private static SparkSession spark;
  @TempDir static Path folder;

  /** Output of one run on the fixture, which several tests look at. */
  private static Path selection;

  @BeforeAll
  static void select() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("select test");
    selection = folder.resolve("selection");
    SelectFixture.selectOnValidation(spark, SelectFixture.activations(), selection);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void choosesWhatNumPyChooses() throws IOException {
    for (JsonNode expected : SelectFixture.expected().get("tasks")) {
      SelectFixture.sameChoice(expected, task(read(selection), expected.get("task").asText()));
    }
  }

  @Test
  void metricsAndBaselinesAreScikitLearns() throws IOException {
    for (JsonNode expected : SelectFixture.expected().get("tasks")) {
      SelectFixture.sameMetrics(expected, spark, selection);
    }
  }

  @Test
  void learningCurvesRiseInRowsAndEndInTheSelectionItself() throws IOException {
    Dataset<Row> curves =
        spark
            .read()
            .parquet(selection.resolve("curves").toString())
            .where("x_name = 'rows_per_label'")
            .orderBy("x");
    for (TaskSuperNeurons task : read(selection).tasks()) {
      List<Row> points = curves.where(col("task").equalTo(task.task())).collectAsList();
      assertTrue(points.size() > 1, points.toString());
      double nested = task.metrics().get("nested").get(task.metric().label());
      assertEquals(nested, points.get(points.size() - 1).<Double>getAs("value"));
      int[] rows = points.stream().mapToInt(point -> point.<Integer>getAs("x")).toArray();
      for (int i = 1; i < rows.length; i++) {
        assertEquals(2, (double) rows[i] / rows[i - 1], 0.35, points.toString());
      }
    }
  }

  @Test
  void curvesPassThroughWhatWasChosen() throws IOException {
    SelectFixture.curvesPassThroughTheChoice(spark, selection);
  }

  @Test
  void rowsSayWhatEvaluationsCount() {
    Dataset<Row> rows = spark.read().parquet(selection.resolve("rows").toString());
    assertEquals(SelectFixture.rows(spark).where(col("label").isNotNull()).count(), rows.count());
    List<Row> accuracies =
        spark
            .read()
            .parquet(selection.resolve("evaluations").toString())
            .where("method = 'super_neurons' and metric = 'accuracy'")
            .collectAsList();
    assertFalse(accuracies.isEmpty());
    for (Row accuracy : accuracies) {
      Dataset<Row> of =
          rows.where(col("task").equalTo(accuracy.getAs("task")))
              .where(col("set").equalTo(accuracy.getAs("set")));
      long right = of.where("prediction = label").count();
      assertEquals(accuracy.<Integer>getAs("n").longValue(), of.count());
      assertEquals(accuracy.<Double>getAs("value"), (double) right / of.count(), 1e-12);
    }
    Dataset<Row> known = SelectFixture.rows(spark).select(col("id"), col("label").as("truth"));
    assertEquals(0, rows.join(known, "id").where("label != truth").count(), "each its own");
    assertEquals(
        0, rows.where("abs(margin) > 1 or (probability is null) != (prediction is null)").count());
  }

  @Test
  void scoresOfEveryNeuronAreNumPysAndSciPys() throws IOException {
    Dataset<Row> scores = spark.read().parquet(selection.resolve("scores").toString());
    for (JsonNode expected : SelectFixture.expected().get("tasks")) {
      List<Row> rows =
          scores.where(col("task").equalTo(expected.get("task").asText())).collectAsList();
      assertEquals(expected.get("scores").size(), rows.size());
      Map<String, Row> byNeuron =
          rows.stream().collect(Collectors.toMap(SelectRunTest::name, Function.identity()));
      for (JsonNode entry : expected.get("scores")) {
        Row row = byNeuron.get(name(entry));
        same(entry.get(3), row.<Integer>getAs("polarity"), row);
        List<Double> thresholds = row.getList(row.fieldIndex("thresholds"));
        same(entry.get(4), thresholds.isEmpty() ? null : thresholds.get(0), row);
        same(entry.get(5), row.<Double>getAs("probe"), row);
        same(entry.get(6), row.<Double>getAs("auc"), row);
        same(entry.get(7), row.<Double>getAs("validation"), row);
        same(entry.get(8), row.<Double>getAs("p_value"), row);
        same(entry.get(9), row.<Double>getAs("q_value"), row);
      }
    }
  }

  private static void same(JsonNode expected, Number found, Row row) {
    if (expected.isNull()) {
      assertEquals(null, found, row.toString());
    } else {
      double value = expected.asDouble();
      assertEquals(value, found.doubleValue(), 1e-9 * Math.abs(value), row.toString());
    }
  }

  @Test
  void meansAndDeviationsOnTheProbingRowsAreNumPys() throws IOException {
    JsonNode expected = SelectFixture.json("profiles.json");
    for (TaskSuperNeurons task : read(selection).tasks()) {
      TaskProfile probing = task.probing().orElseThrow();
      List<Row> rows =
          SelectFixture.rows(spark)
              .where(col("task").equalTo(task.task()).and(col("split").equalTo("probe")))
              .collectAsList();
      assertEquals(rows.size(), probing.rows());
      for (String label : task.labels()) {
        long given = rows.stream().filter(row -> row.getAs("label").equals(label)).count();
        assertEquals(given, probing.labels().get(label));
      }
      for (int i = 0; i < task.neurons().size(); i++) {
        SuperNeuron member = task.neurons().get(i);
        Neuron neuron = member.neuron();
        NeuronProfile profile = probing.neurons().get(i);
        JsonNode numPy = expected.get(task.task()).get(neuron.layerSite().column());
        assertEquals(numPy.get(neuron.index()).get(0).asDouble(), profile.mean(), 1e-12);
        assertEquals(numPy.get(neuron.index()).get(1).asDouble(), profile.deviation(), 1e-12);
        for (int label = 0; label < task.labels().size(); label++) {
          int of = label;
          long votes =
              rows.stream()
                  .filter(row -> member.fitted().vote(SelectFixture.value(row, neuron)) == of)
                  .count();
          assertEquals((double) votes / rows.size(), profile.firingRates().get(label), 1e-12);
        }
      }
    }
  }

  @Test
  void plantedNeuronsComeBack() throws IOException {
    SuperNeurons found = read(selection);
    SelectFixture.expected()
        .get("planted")
        .properties()
        .forEach(
            planted -> {
              Set<String> chosen =
                  task(found, planted.getKey()).neurons().stream()
                      .map(member -> name(member.neuron()))
                      .collect(Collectors.toCollection(TreeSet::new));
              int exitLayer = task(found, planted.getKey()).exitLayer().number();
              planted
                  .getValue()
                  .forEach(
                      n ->
                          assertTrue(
                              chosen.contains(name(n)) || n.get(0).asInt() > exitLayer,
                              n + " is not in " + chosen));
            });
  }

  @Test
  void theFileClassifiesAsTheJobDid() throws IOException {
    for (JsonNode expected : SelectFixture.expected().get("tasks")) {
      SelectFixture.samePredictions(
          expected, spark, task(read(selection), expected.get("task").asText()));
    }
  }

  /** There is one choice only, so that all folds make the same. */
  @Test
  void heldOutRowsAreWhatTheLevelsSayOfTheValidationRows() throws IOException {
    Path output = folder.resolve("of-one-choice");
    SelectFixture.select(
        spark,
        SelectFixture.activations(),
        output,
        "--tasks=dog",
        "--choose-on=validation",
        "--fit-on=probe",
        "--max-q=1",
        "--rule=midpoint",
        "--vote=weighted",
        "--top-k=5",
        "--max-layer=0");
    List<Row> rows =
        SelectFixture.rows(spark)
            .where("task = 'dog' and split = 'validation'")
            .orderBy("id")
            .collectAsList();
    SelectFixture.sameHeldOut(task(read(output), "dog"), rows);
  }

  /** Each row is judged by what the other folds' rows would have chosen. */
  @Test
  void heldOutRowsHadNoSayInTheLevels() throws IOException {
    int deeper = 0;
    for (TaskSuperNeurons task : read(selection).tasks()) {
      String set = task.metrics().containsKey("validation") ? "validation" : "probe";
      double rows = task.metrics().get(set).get("rows");
      HeldOut heldOut = task.cascade().heldOut().orElseThrow();
      assertEquals(rows, heldOut.total());
      long right = 0;
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        right += heldOut.right()[0][kind] ? heldOut.rows()[kind] : 0;
      }
      double nested = task.metrics().get("nested").get("accuracy");
      assertEquals(nested, right / rows, 1e-12);
      double best =
          task.chosen().exitPlan().stream().mapToDouble(ExitPoint::score).max().orElseThrow();
      assertTrue(nested <= best, nested + " of at best " + best);
      deeper += task.cascade().deeper().size();
    }
    assertTrue(deeper > 0);
  }

  @Test
  void marginsSayWhatThresholdsDo() throws IOException {
    Dataset<Row> margins = spark.read().parquet(selection.resolve("margins").toString());
    for (TaskSuperNeurons task : read(selection).tasks()) {
      List<Row> own =
          margins
              .where(
                  col("task")
                      .equalTo(task.task())
                      .and(col("exit_layer").equalTo(task.exitLayer().number())))
              .orderBy("margin")
              .collectAsList();
      assertEquals(1, own.get(0).<Double>getAs("answered"), "all rows have the least margin");
      double nested = task.metrics().get("nested").get("accuracy");
      assertEquals(nested, own.get(0).<Double>getAs("accuracy"), 1e-12);
      for (int i = 1; i < own.size(); i++) {
        assertTrue(own.get(i).<Double>getAs("answered") < own.get(i - 1).<Double>getAs("answered"));
      }
    }
  }

  @Test
  void discoveriesWerePlanted() throws IOException {
    JsonNode planted = SelectFixture.expected().get("planted");
    List<Row> found =
        spark
            .read()
            .parquet(selection.resolve("scores").toString())
            .where("q_value < 0.05 and task <> 'small'")
            .collectAsList();
    for (Row row : found) {
      Set<String> ofTask = new TreeSet<>();
      planted.get(row.<String>getAs("task")).forEach(n -> ofTask.add(name(n)));
      assertTrue(ofTask.contains(name(row)), row.toString());
    }
    assertTrue(found.size() >= 5, "of 7 planted: " + found);
  }

  @Test
  void sharedNeuronsAreAmongTheBestOfTwoTasks() {
    Dataset<Row> shared = spark.read().parquet(selection.resolve("shared_neurons").toString());
    Dataset<Row> scores = spark.read().parquet(selection.resolve("scores").toString());
    String[] neuron = {"task", "layer", "site", "index"};
    Dataset<Row> joined = scores.as("s").join(shared.as("t"), neuron);
    assertEquals(shared.count(), joined.count());
    assertEquals(0, joined.where("s.selected <> t.selected").count());
    assertEquals(0, joined.where("s.probe <> t.probe and s.rule <> 'one_vs_rest'").count());
    assertEquals(0, joined.where("t.rank < 1 or t.rank > 127").count());
    assertEquals(0, shared.groupBy("layer", "site", "index").count().where("count < 2").count());
    for (String task : List.of("dog", "small")) {
      List<Row> ranked = shared.where(col("task").equalTo(task)).orderBy("rank").collectAsList();
      for (int i = 1; i < ranked.size(); i++) {
        double before = ranked.get(i - 1).<Double>getAs("probe");
        assertTrue(ranked.get(i).<Double>getAs("probe") <= before, ranked.get(i).toString());
      }
      assertTrue(ranked.size() > 50, "most of 144 neurons are among the best 127 of two tasks");
    }
  }

  private static SuperNeurons read(Path output) throws IOException {
    return SelectFixture.read(output);
  }

  private static TaskSuperNeurons task(SuperNeurons superNeurons, String name) {
    return SelectFixture.task(superNeurons, name);
  }

  private static String name(Row row) {
    int layer = row.<Integer>getAs("layer");
    int index = row.<Integer>getAs("index");
    return layer + " " + row.<String>getAs("site") + " " + index;
  }

  private static String name(Neuron neuron) {
    return SelectFixture.name(neuron);
  }

  private static String name(JsonNode neuron) {
    return SelectFixture.name(neuron);
  }
}
