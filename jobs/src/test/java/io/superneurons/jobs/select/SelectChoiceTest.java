package io.superneurons.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.Split;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.select.rows.ImageSplit;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How select chooses by default: by folds, with a final fit, against luck; as NumPy does. */
class SelectChoiceTest {
  private static final double ABSTAIN = 0.4;
  private static final String[] OPTIONS = {
    "--pick", "auto", "--max-q", "1", "--tolerance", "0", "--abstain", String.valueOf(ABSTAIN)
  };

  private static SparkSession spark;
  @TempDir static Path folder;
  private static Path selection;
  private static String printed;

  @BeforeAll
  static void select() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    spark = Sessions.open("select choice test");
    selection = folder.resolve("selection");
    printed = SelectFixture.select(spark, SelectFixture.activations(), selection, OPTIONS);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void foldsChooseAndTheFinalFitVotesAsInNumPy() throws IOException {
    for (JsonNode expected : SelectFixture.expected().get("folded")) {
      TaskSuperNeurons task = task(expected.get("task").asText());
      assertEquals(ChosenOn.CROSS_VALIDATION, task.chosen().on());
      SelectFixture.sameChoice(expected, task);
      SelectFixture.sameMetrics(expected, spark, selection);
      SelectFixture.samePredictions(expected, spark, task);
      double score = task.metrics().get("cross_validation").get("accuracy");
      assertEquals(expected.get("score").asDouble(), score, 1e-12);
    }
  }

  @Test
  void withoutValidationRowsProbingRowsDoAll() throws IOException {
    TaskSuperNeurons small = task("small");
    assertEquals(FittedOn.PROBE, small.chosen().fittedOn());
    assertEquals(FittedOn.PROBE_AND_VALIDATION, task("dog").chosen().fittedOn());
    assertTrue(small.metrics().get("cross_validation").get("accuracy") > 0.8);
    assertTrue(small.metrics().get("test").get("accuracy") > 0.7);
    assertTrue(printed.contains("no validation rows"), printed);
    assertEquals("Which small?", small.question().orElseThrow());
  }

  @Test
  void shuffledLabelsDoAsWellAsOftenAsInNumPy() throws IOException {
    Path output = folder.resolve("shuffled");
    SelectFixture.select(
        spark,
        SelectFixture.activations(),
        output,
        "--tasks",
        "dog,small",
        "--pick",
        "auto",
        "--max-q",
        "1",
        "--tolerance",
        "0",
        "--permutations",
        "19",
        "--shard-memory",
        "32m");
    for (JsonNode expected : SelectFixture.expected().get("shuffled")) {
      TaskSuperNeurons task =
          SelectFixture.task(SelectFixture.read(output), expected.get("task").asText());
      Permutations found = task.chosen().permutations().orElseThrow();
      assertEquals(expected.get("count").asInt(), found.count());
      assertEquals(expected.get("score").asDouble(), found.score(), 1e-12);
      assertEquals(expected.get("p_value").asDouble(), found.pValue(), 1e-12);
      assertEquals(expected.get("best_neuron_p_value").asDouble(), found.bestNeuronPValue(), 1e-12);
      assertEquals(expected.get("shuffled_mean").asDouble(), found.shuffledMean(), 1e-12);
      assertTrue(found.found());
    }
  }

  @Test
  void onlyDiscoveriesVote() throws IOException {
    Path output = folder.resolve("of-discoveries");
    String told = SelectFixture.select(spark, SelectFixture.activations(), output);
    Dataset<Row> scores = spark.read().parquet(output.resolve("scores").toString());
    assertEquals(0, scores.where("selected and q_value > 0.05").count());
    for (String name : List.of("dog", "land", "small")) {
      TaskSuperNeurons task = SelectFixture.task(SelectFixture.read(output), name);
      Set<String> planted = new TreeSet<>();
      SelectFixture.expected()
          .get("planted")
          .get(name)
          .forEach(neuron -> planted.add(SelectFixture.name(neuron)));
      Set<String> voting = new TreeSet<>();
      task.neurons().forEach(neuron -> voting.add(SelectFixture.name(neuron.neuron())));
      assertTrue(planted.containsAll(voting), voting + " of " + planted);
      Discoveries found = task.chosen().discoveries().orElseThrow();
      assertEquals(
          scores.where("q_value <= 0.05 and task = '" + name + "'").count(), found.neurons());
    }
    assertFalse(told.contains("CANDIDATES"), told);
  }

  @Test
  void rowsWithACloseVoteAreCountedApart() throws IOException {
    TaskSuperNeurons dog = task("dog");
    assertEquals(ABSTAIN, dog.chosen().abstainBelow());
    int rows = 0;
    int answered = 0;
    int right = 0;
    for (Row row :
        SelectFixture.rows(spark).where("task = 'dog' and split = 'test'").collectAsList()) {
      Prediction prediction = dog.classify(neuron -> SelectFixture.value(row, neuron));
      rows++;
      if (prediction.margin() >= ABSTAIN) {
        answered++;
        right += prediction.label().equals(Optional.of(row.<String>getAs("label"))) ? 1 : 0;
      }
    }
    assertTrue(answered > 0 && answered < rows, answered + " of " + rows);
    Map<String, Double> metrics = dog.metrics().get("test");
    assertEquals((double) answered / rows, metrics.get("coverage"), 1e-12);
    assertEquals((double) right / answered, metrics.get("answered_accuracy"), 1e-12);
    assertEquals(rows, metrics.get("rows"));
    assertTrue(metrics.get("answered_accuracy") > metrics.get("accuracy"), metrics.toString());
  }

  @Test
  void curvesPassThroughWhatWasChosen() throws IOException {
    SelectFixture.curvesPassThroughTheChoice(spark, selection);
  }

  /** Where fewer neurons may vote than the ladder has steps, the number of those is a point. */
  @Test
  void curvesPassThroughNumbersBesideTheLadder() throws IOException {
    Path output = folder.resolve("of-four");
    SelectFixture.select(
        spark, SelectFixture.activations(), output, "--pick", "threshold", "--threshold", "0.8");
    Set<Integer> numbers = new TreeSet<>();
    SelectFixture.read(output).tasks().forEach(task -> numbers.add(task.neurons().size()));
    assertFalse(Set.of(1, 3, 5, 9, 15).containsAll(numbers), numbers.toString());
    SelectFixture.curvesPassThroughTheChoice(spark, output);
  }

  /** The file alone, as label has it, says of every row what select evaluated. */
  @ParameterizedTest
  @ValueSource(strings = {"naive-bayes", "ridge"})
  void theFileSaysWhatWasEvaluated(String vote) throws IOException {
    Path output = folder.resolve("by-" + vote);
    SelectFixture.select(
        spark, SelectFixture.activations(), output, "--tasks", "dog,land", "--vote", vote);
    for (TaskSuperNeurons task : SelectFixture.read(output).tasks()) {
      assertEquals(vote.replace('-', '_'), task.voting().label());
      List<Row> rows =
          SelectFixture.rows(spark)
              .where("split = 'test' and task = '" + task.task() + "'")
              .collectAsList();
      double right = 0;
      for (Row row : rows) {
        Prediction said = task.classify(neuron -> SelectFixture.value(row, neuron));
        right += said.label().equals(Optional.of(row.<String>getAs("label"))) ? 1 : 0;
        assertTrue(said.margin() >= 0 && said.margin() <= 1, said.toString());
      }
      assertEquals(task.metrics().get("test").get("accuracy"), right / rows.size(), 1e-12);
      // Chance is 0.5 and 0.25. Ridge's lines hide labels whose values lie between others'.
      assertTrue(
          right / rows.size() > (vote.equals("ridge") ? 0.45 : 0.75), task.task() + ": " + right);
    }
  }

  @Test
  void byAucItIsTheWeightsOfVotesThatChoose() throws IOException {
    Path output = folder.resolve("of-auc");
    SelectFixture.select(
        spark,
        SelectFixture.activations(),
        output,
        "--tasks",
        "dog,land",
        "--metric",
        "auc",
        "--choose-on",
        "validation",
        "--fit-on",
        "probe",
        "--tolerance",
        "0");
    for (String name : List.of("dog", "land")) {
      TaskSuperNeurons task = SelectFixture.task(SelectFixture.read(output), name);
      double best =
          task.chosen().exitPlan().stream().mapToDouble(ExitPoint::score).max().orElseThrow();
      assertEquals(best, task.metrics().get("validation").get("auc"), 1e-12);
      assertTrue(best > 0.9, name + " " + best);
    }
  }

  @Test
  void anImageIsOnOneSideWhateverItsRows() throws IOException {
    Dataset<Row> rows = SelectFixture.rows(spark).where("task <> 'land'").drop("split");
    Dataset<Row> again = rows.withColumn("id", concat(lit("b-"), col("id")));
    Path twice = SelectFixture.variant(folder.resolve("twice"), rows.union(again));
    Path output = folder.resolve("of-twice");
    String told =
        SelectFixture.select(
            spark, twice, output, "--split-by", "image", "--split", "60/0/40", "--seed", "4");
    assertTrue(!told.contains("in more than one of probe"), told);
    assertTrue(!told.contains("no test rows"), told);
    ImageSplit split = ImageSplit.of("60/0/40", 4);
    Map<List<String>, Integer> counts = new HashMap<>();
    for (Row row : rows.collectAsList()) {
      String set = Split.NAMES.get(split.set(row.<String>getAs("image")));
      counts.merge(List.of(row.<String>getAs("task"), set), 2, Integer::sum);
    }
    for (String name : List.of("dog", "small")) {
      TaskSuperNeurons task = SelectFixture.task(SelectFixture.read(output), name);
      for (String set : List.of("probe", "test")) {
        double found = task.metrics().get(set).get("rows");
        assertEquals(counts.get(List.of(name, set)).doubleValue(), found);
      }
      assertTrue(task.metrics().get("test").get("accuracy") > 0.7);
    }
  }

  /** Ten rows choose by five folds of two, and luck is told from a find. */
  @Test
  void fiveRowsOfALabelAreSelectedForByFolds() throws IOException {
    Dataset<Row> small = SelectFixture.rows(spark).where("task = 'small'");
    Dataset<Row> few =
        small
            .where("split = 'probe' and label = 'left'")
            .orderBy("id")
            .limit(5)
            .union(small.where("split = 'probe' and label = 'right'").orderBy("id").limit(5))
            .union(small.where("split = 'test'"));
    Path output = folder.resolve("of-few");
    String told =
        SelectFixture.select(
            spark,
            SelectFixture.variant(folder.resolve("few"), few),
            output,
            "--permutations",
            "19");
    TaskSuperNeurons task = SelectFixture.task(SelectFixture.read(output), "small");
    assertEquals(10, task.metrics().get("probe").get("rows"));
    Permutations shuffled = task.chosen().permutations().orElseThrow();
    double score = task.metrics().get("cross_validation").get("accuracy");
    assertEquals(score, shuffled.score(), 1e-12);
    assertEquals(!shuffled.found(), told.contains("NOTHING FOUND"), told);
  }

  /** Rows of other tasks stand between a task's rows in every file. */
  @Test
  void aTaskAloneIsSelectedAsItIsAmongOthers() throws IOException {
    Path output = folder.resolve("of-dog");
    List<String> options = new ArrayList<>(List.of("--tasks", "dog"));
    options.addAll(List.of(OPTIONS));
    SelectFixture.select(
        spark, SelectFixture.activations(), output, options.toArray(String[]::new));
    TaskSuperNeurons alone = SelectFixture.task(SelectFixture.read(output), "dog");
    assertEquals(task("dog").metrics(), alone.metrics());
    assertEquals(task("dog").baselines(), alone.baselines());
  }

  private static TaskSuperNeurons task(String name) throws IOException {
    return SelectFixture.task(SelectFixture.read(selection), name);
  }
}
