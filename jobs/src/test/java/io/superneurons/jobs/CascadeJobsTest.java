package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.cascade.AnswerMatcher;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Voting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Label's cascade on the bundled model: what decides a row is what its levels, run by themselves,
 * and the model's answer, as extract has it, say it is.
 */
class CascadeJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEMO = Path.of("../demo");
  private static final int IMAGES = 14;
  private static final double MARGIN = 0.5;
  private static final List<String> SIDES = List.of("left", "right");

  /** Of the shapes that the model answers with; its answer to a picture of another names none. */
  private static final List<String> SHAPES = List.of("circle", "triangle");

  @TempDir private Path folder;
  private Map<String, Row> extracted;

  @Test
  void eachRowIsDecidedWhereItsVotesAreNoLongerClose() throws IOException {
    assertEquals(
        0,
        run(
            new ExtractJob(),
            rows("side", "shape"),
            "activations",
            List.of("--dtype", "float32", "--store-dtype", "float32", "--answer")));
    extracted = read("activations");
    List<Level> side = List.of(level("side", 0), level("side", 2), level("side", 4));
    List<Level> shape = List.of(level("shape", 1), level("shape", 3));
    write(task("side", SIDES, side), task("shape", SHAPES, shape));
    Map<String, Row> alone = eachLevelAlone(side, shape);
    List<String> cascade = List.of("--margin", "" + MARGIN);

    assertEquals(0, label("batches", cascade, "--batch-size", "9", "--partitions", "1"));
    Map<String, Row> batches = read("batches");
    Set<String> decidedBy = new HashSet<>();
    for (Row row : batches.values()) {
      decidedBy.add(assertDecided(row, alone, row.getString(1).equals("side") ? side : shape));
    }
    assertEquals(Set.of("own level", "deeper level", "model", "no label"), decidedBy);

    assertEquals(0, label("single", cascade, "--batch-size", "1", "--partitions", "3"));
    assertSame(batches, read("single"));

    List<String> deepest =
        List.of("--margin", "" + MARGIN, "--last-resort", "deepest", "--explain");
    assertEquals(0, label("deepest", deepest, "--batch-size", "5"));
    assertDeepest(batches, read("deepest"));
  }

  /** Every level as a task of its own, all in one run: rows of shallow tasks stop early. */
  private Map<String, Row> eachLevelAlone(List<Level> side, List<Level> shape) throws IOException {
    List<TaskSuperNeurons> tasks = new ArrayList<>();
    List<ObjectNode> rows = new ArrayList<>();
    for (Level level : side) {
      tasks.add(task("side" + level.exitLayer(), SIDES, List.of(level)));
      rows.addAll(rows("side").stream().map(row -> renamed(row, level)).toList());
    }
    for (Level level : shape) {
      tasks.add(task("shape" + level.exitLayer(), SHAPES, List.of(level)));
      rows.addAll(rows("shape").stream().map(row -> renamed(row, level)).toList());
    }
    Path file = folder.resolve("alone.json");
    Files.writeString(file, superNeurons(tasks).toJson());
    assertEquals(0, run(new LabelJob(), rows, "alone", List.of("--superneurons", file.toString())));
    return read("alone");
  }

  private static ObjectNode renamed(ObjectNode row, Level level) {
    String name = row.get("task").asText() + level.exitLayer();
    return row.deepCopy().put("task", name).put("id", row.get("id").asText() + level.exitLayer());
  }

  /**
   * @param alone predictions of single levels; the id ends in the exit layer
   * @return what decided
   */
  private String assertDecided(Row row, Map<String, Row> alone, List<Level> levels) {
    String id = row.getString(0);
    assertNull(row.getAs("error"), id);
    Row deepest = null;
    for (Level level : levels) {
      deepest = alone.get(id + level.exitLayer());
      if (deepest.<Double>getAs("margin") >= MARGIN) {
        break;
      }
    }
    assertEquals(deepest.<Double>getAs("margin"), row.<Double>getAs("margin"), id);
    assertEquals(votes(deepest), votes(row), id);
    int exitLayer = deepest.<Integer>getAs("exit_layer");
    if (deepest.<Double>getAs("margin") >= MARGIN) {
      assertNull(row.getAs("answer"), id);
      assertBy(row, "super_neurons", exitLayer, deepest.getAs("prediction"));
      return exitLayer == levels.get(0).exitLayer().number() ? "own level" : "deeper level";
    }
    String answer = extracted.get(id).getAs("answer");
    assertEquals(answer, row.getAs("answer"), id);
    List<String> labels = row.getString(1).equals("side") ? SIDES : SHAPES;
    int label = new AnswerMatcher(labels).match(answer);
    if (label < 0) {
      assertBy(row, "super_neurons", exitLayer, deepest.getAs("prediction"));
      return "no label";
    }
    assertBy(row, "base_model", 5, labels.get(label));
    return "model";
  }

  private static void assertBy(Row row, String source, int exitLayer, String prediction) {
    assertEquals(prediction, row.getAs("prediction"), row.getString(0));
    assertEquals(source, row.getAs("source"), row.getString(0));
    assertEquals(exitLayer, row.<Integer>getAs("exit_layer"), row.getString(0));
  }

  private static void assertSame(Map<String, Row> expected, Map<String, Row> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((id, row) -> assertEquals(row.toString(), actual.get(id).toString(), id));
  }

  /** As with the model, but that the deepest level decides in its place; and each vote is told. */
  private static void assertDeepest(Map<String, Row> withModel, Map<String, Row> rows) {
    assertEquals(withModel.keySet(), rows.keySet());
    for (Row row : rows.values()) {
      Row other = withModel.get(row.getString(0));
      assertEquals(votes(other), votes(row));
      assertEquals("super_neurons", row.getAs("source"));
      assertFalse(Arrays.asList(row.schema().fieldNames()).contains("answer"));
      Map<String, Double> explained = new HashMap<>();
      for (Row vote : row.<Row>getList(row.fieldIndex("explanation"))) {
        assertTrue(vote.<Integer>getAs("layer") <= row.<Integer>getAs("exit_layer"));
        explained.merge(vote.getAs("vote"), vote.<Double>getAs("weight"), Double::sum);
      }
      votes(row).forEach((label, w) -> assertEquals(w, explained.getOrDefault(label, 0.0)));
    }
  }

  private static Map<String, Double> votes(Row row) {
    return row.getJavaMap(row.fieldIndex("votes"));
  }

  /** Three neurons of layers up to the exit layer, each cut where it halves the task's rows. */
  private Level level(String task, int exitLayer) {
    List<SuperNeuron> neurons =
        Stream.of(
                new Neuron(exitLayer, Site.RESID_POST, 7),
                new Neuron(exitLayer, Site.MLP_POST, 11),
                new Neuron(Math.max(0, exitLayer - 1), Site.ATTN_Z, 3))
            .map(
                n -> new SuperNeuron(n, FittedRule.cut(Rule.BEST_CUT, 1, middle(task, n)), 1, 1, 1))
            .toList();
    return new Level(ModelLayer.ofDecoder(exitLayer), Rule.BEST_CUT, Voting.MAJORITY, neurons);
  }

  private double middle(String task, Neuron neuron) {
    double[] values =
        extracted.values().stream()
            .filter(row -> row.getString(1).equals(task))
            .mapToDouble(row -> ModelJobs.vector(row, neuron.layerSite())[neuron.index()])
            .sorted()
            .toArray();
    return (values[values.length / 2 - 1] + values[values.length / 2]) / 2;
  }

  private static TaskSuperNeurons task(String name, List<String> labels, List<Level> levels) {
    return TaskFixture.task(
        name,
        labels,
        levels.get(0),
        new Cascade(levels.subList(1, levels.size()), Optional.empty()));
  }

  private void write(TaskSuperNeurons... tasks) throws IOException {
    String json = superNeurons(List.of(tasks)).toJson();
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), json);
  }

  private SuperNeurons superNeurons(List<TaskSuperNeurons> tasks) throws IOException {
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
        tasks);
  }

  private int label(String output, List<String> cascade, String... more) throws IOException {
    List<String> options = new ArrayList<>(cascade);
    options.addAll(List.of(more));
    options.addAll(List.of("--superneurons", folder.resolve(SuperNeurons.FILE_NAME).toString()));
    return run(new LabelJob(), rows("side", "shape"), output, options);
  }

  private int run(Callable<Integer> job, List<ObjectNode> rows, String output, List<String> options)
      throws IOException {
    Path manifest = folder.resolve("manifest.jsonl");
    Files.write(manifest, rows.stream().map(ObjectNode::toString).toList());
    List<String> args = new ArrayList<>(List.of("--model", DEMO.resolve("model").toString()));
    args.addAll(List.of("--input", manifest.toString()));
    args.addAll(List.of("--image-roots", DEMO.resolve("data").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(options);
    return JobMain.run(job, args.toArray(String[]::new));
  }

  /** Rows of the demo's manifest: the first test images, and these tasks. */
  private static List<ObjectNode> rows(String... tasks) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(DEMO.resolve("data/manifest.jsonl"))) {
      ObjectNode row = (ObjectNode) JSON.readTree(line);
      boolean wanted = List.of(tasks).contains(row.get("task").asText());
      if (wanted && row.get("split").asText().equals("test")) {
        Path image = DEMO.resolve("data").resolve(row.get("image").asText());
        rows.add(row.put("image", image.toAbsolutePath().toString()));
      }
    }
    return rows.subList(0, IMAGES * tasks.length);
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new LinkedHashMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row :
          spark.read().parquet(folder.resolve(output).toString()).orderBy("id").collectAsList()) {
        byId.put(row.getString(0), row);
      }
    }
    return byId;
  }
}
