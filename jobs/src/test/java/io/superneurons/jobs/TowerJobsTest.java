package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.TowerType;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Voting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that leave in the vision tower, beside others that need the decoder. */
class TowerJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Neuron IN_TOWER = new Neuron(1, Site.VISION_MLP_POST_GRID, 70);
  private static final Neuron IN_DECODER = new Neuron(0, Site.MLP_POST, 3);

  @TempDir private Path folder;

  @Test
  void tasksOnOneImageLeaveWhereTheirNeuronsAre() throws IOException {
    assertEquals(0, extract());
    Map<String, Row> activations = read("activations");
    double cutInTower = cut(activations, IN_TOWER);
    double cutInDecoder = cut(activations, IN_DECODER);
    Level inTower = level(IN_TOWER, cutInTower);
    Level inDecoder = level(IN_DECODER, cutInDecoder);
    SuperNeurons both =
        superNeurons(
            task("shallow", inTower, Cascade.NONE),
            task("deep", inDecoder, Cascade.NONE),
            task("onward", unsure(inTower), new Cascade(List.of(inDecoder), Optional.empty())));
    List<ObjectNode> rows = new ArrayList<>();
    for (Fixture.Case c : FIXTURE.cases()) {
      for (String task : List.of("shallow", "deep", "onward")) {
        rows.add(row(c).put("id", task + c.index()).put("task", task));
      }
    }
    assertEquals(0, label(both, rows, "together", "--margin", "0.5", "--last-resort", "deepest"));
    Map<String, Row> predictions = read("together");
    for (Fixture.Case c : FIXTURE.cases()) {
      Row own = activations.get("case" + c.index());
      String shallow = value(own, IN_TOWER) > cutInTower ? "yes" : "no";
      String deep = value(own, IN_DECODER) > cutInDecoder ? "yes" : "no";
      assertPrediction(shallow, ModelLayer.ofTower(1), predictions.get("shallow" + c.index()));
      assertPrediction(deep, ModelLayer.ofDecoder(0), predictions.get("deep" + c.index()));
      Row onward = predictions.get("onward" + c.index());
      if (shallow.equals("no")) {
        assertPrediction("no", ModelLayer.ofTower(1), onward);
      } else {
        assertPrediction(deep, ModelLayer.ofDecoder(0), onward);
      }
    }
  }

  /** Neither questions nor a tokenizer are read where all rows leave in the tower. */
  @Test
  void aTaskOfTheTowerNeedsNoQuestion() throws IOException {
    assertEquals(0, extract());
    Map<String, Row> activations = read("activations");
    double cut = cut(activations, IN_TOWER);
    SuperNeurons superNeurons = superNeurons(task("default", level(IN_TOWER, cut), Cascade.NONE));
    List<ObjectNode> rows = new ArrayList<>();
    FIXTURE.cases().forEach(c -> rows.add(row(c).without(List.of("question"))));
    assertEquals(0, label(superNeurons, rows, "out"));
    Map<String, Row> predictions = read("out");
    assertEquals(rows.size(), predictions.size());
    for (Fixture.Case c : FIXTURE.cases()) {
      String id = "case" + c.index();
      String expected = value(activations.get(id), IN_TOWER) > cut ? "yes" : "no";
      assertPrediction(expected, ModelLayer.ofTower(1), predictions.get(id));
    }
  }

  /** Label computes what the neurons were chosen on, and nothing else. */
  @Test
  void aTowerInIntegersIsLabelledAsItWasExtracted() throws IOException {
    if (!multipliesIntegers()) {
      assertEquals(2, extract("--tower-dtype", "int8"));
      return;
    }
    assertEquals(0, extract("--tower-dtype", "int8"));
    assertEquals("int8", settings("activations").path("tower_dtype").asText());
    assertEquals(2, extract("--resume"), "in another type");
    Map<String, Row> activations = read("activations");
    double cut = cut(activations, IN_TOWER);
    SuperNeurons chosen = superNeurons(task("default", level(IN_TOWER, cut), Cascade.NONE));
    assertEquals("float32+int8_tower", chosen.computeDType());
    List<ObjectNode> rows = FIXTURE.cases().stream().map(TowerJobsTest::row).toList();
    assertEquals(0, label(chosen, rows, "out"));
    assertEquals("int8", settings("out").path("tower_dtype").asText());
    Map<String, Row> predictions = read("out");
    for (Fixture.Case c : FIXTURE.cases()) {
      String id = "case" + c.index();
      String expected = value(activations.get(id), IN_TOWER) > cut ? "yes" : "no";
      assertPrediction(expected, ModelLayer.ofTower(1), predictions.get(id));
    }
    assertEquals(2, label(inFloat32(chosen), rows, "refused", "--tower-dtype", "int8"));
    assertEquals(2, label(chosen, rows, "refused", "--device", "cuda"));
  }

  private static boolean multipliesIntegers() {
    try {
      TowerType.INT8.require("cpu");
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private JsonNode settings(String output) throws IOException {
    return JSON.readTree(folder.resolve(output).resolve("_run.json").toFile()).path("settings");
  }

  private static SuperNeurons inFloat32(SuperNeurons chosen) {
    return new SuperNeurons(
        chosen.model(),
        chosen.prompt(),
        chosen.image(),
        chosen.storeDType(),
        "float32",
        chosen.versions(),
        chosen.tasks());
  }

  private static void assertPrediction(String label, ModelLayer exit, Row row) {
    assertEquals(label, row.getAs("prediction"), row.toString());
    assertEquals(exit.number(), row.<Integer>getAs("exit_layer"), row.toString());
    assertEquals(exit.part().label(), row.getAs("exit_part"), row.toString());
  }

  private static Level level(Neuron neuron, double cut) {
    SuperNeuron member =
        new SuperNeuron(neuron, FittedRule.cut(Rule.BEST_CUT, 1, cut), 1, 0.9, 0.9);
    return new Level(neuron.modelLayer(), Rule.BEST_CUT, Voting.MAJORITY, List.of(member));
  }

  /** The level, with another neuron that always votes no: a yes is then by no margin. */
  private static Level unsure(Level level) {
    SuperNeuron no =
        new SuperNeuron(
            new Neuron(0, Site.VISION_MLP_POST_GRID, 0),
            FittedRule.cut(Rule.BEST_CUT, 1, 1e9),
            1,
            0.9,
            0.9);
    List<SuperNeuron> neurons = List.of(level.neurons().get(0), no);
    return new Level(level.exitLayer(), Rule.BEST_CUT, Voting.MAJORITY, neurons);
  }

  private static TaskSuperNeurons task(String name, Level level, Cascade cascade) {
    return new TaskSuperNeurons(
        name,
        Optional.empty(),
        List.of("no", "yes"),
        level,
        cascade,
        Optional.empty(),
        Metric.ACCURACY,
        Chosen.on(ChosenOn.VALIDATION),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private SuperNeurons superNeurons(TaskSuperNeurons... tasks) throws IOException {
    Path file = folder.resolve("activations").resolve(ActivationsMetadata.FILE_NAME);
    ActivationsMetadata metadata =
        ActivationsMetadata.fromJson(Files.readString(file), file.toString());
    return new SuperNeurons(
        metadata.model(),
        metadata.prompt(),
        metadata.image(),
        metadata.storeDType(),
        metadata.computeDType(),
        Map.of(),
        List.of(tasks));
  }

  /** Between the smallest and the largest value of the rows, so that both labels occur. */
  private static double cut(Map<String, Row> rows, Neuron neuron) {
    var values = rows.values().stream().mapToDouble(row -> value(row, neuron)).summaryStatistics();
    assertTrue(values.getMax() > values.getMin());
    return (values.getMin() + values.getMax()) / 2;
  }

  private static double value(Row row, Neuron neuron) {
    byte[] vector = row.getAs(neuron.layerSite().column());
    return ByteBuffer.wrap(vector).order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * neuron.index());
  }

  private static ObjectNode row(Fixture.Case c) {
    return JSON.createObjectNode()
        .put("id", "case" + c.index())
        .put("image", c.image().toAbsolutePath().toString())
        .put("question", c.question());
  }

  private int extract(String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--dtype",
                "float32",
                "--store-dtype",
                "float32",
                "--sites",
                "vision_mlp_post,mlp_post",
                "--pools",
                "grid"));
    options.addAll(List.of(more));
    return run(
        new ExtractJob(),
        FIXTURE.cases().stream().map(TowerJobsTest::row).toList(),
        "activations",
        options.toArray(String[]::new));
  }

  private int label(SuperNeurons file, List<ObjectNode> rows, String output, String... more)
      throws IOException {
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), file.toJson());
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--superneurons");
    options.add(folder.resolve(SuperNeurons.FILE_NAME).toString());
    return run(new LabelJob(), rows, output, options.toArray(String[]::new));
  }

  private int run(Callable<Integer> job, List<ObjectNode> rows, String output, String... more)
      throws IOException {
    Path manifest = folder.resolve("manifest.jsonl");
    Files.write(manifest, rows.stream().map(ObjectNode::toString).toList());
    List<String> options =
        new ArrayList<>(
            List.of(
                "--model",
                FIXTURE.folder().resolve("checkpoint").toString(),
                "--input",
                manifest.toString(),
                "--image-roots",
                FIXTURE.folder().toAbsolutePath().toString(),
                "--output",
                folder.resolve(output).toString()));
    options.addAll(List.of(more));
    return JobMain.run(job, options.toArray(String[]::new));
  }

  private Map<String, Row> read(String output) throws IOException {
    try (SparkSession spark = Sessions.open("read")) {
      Map<String, Row> rows = new LinkedHashMap<>();
      spark
          .read()
          .parquet(folder.resolve(output).toString())
          .collectAsList()
          .forEach(row -> rows.put(row.getAs("id"), row));
      return rows;
    }
  }
}
