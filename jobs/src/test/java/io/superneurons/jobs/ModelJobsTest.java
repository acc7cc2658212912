package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import io.superneurons.model.ModelDescription;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Voting;
import java.io.IOException;
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

/** Extract and label as a user submits them, on a tiny LLaVA whose values transformers computed. */
class ModelJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final String MODEL = FIXTURE.folder().resolve("checkpoint").toString();

  @TempDir private Path folder;

  @Test
  void resultsDoNotDependOnBatchSizeOrPartitions() throws IOException {
    List<ObjectNode> rows = everyQuestionOnEveryImage();
    assertEquals(0, extract(rows, "one", "--batch-size", "1", "--partitions", "1"));
    assertEquals(0, extract(rows, "many", "--batch-size", "7", "--partitions", "3"));
    Map<String, Row> one = read("one");
    Map<String, Row> many = read("many");
    assertEquals(rows.size(), one.size());
    assertEquals(one.keySet(), many.keySet());
    for (String id : one.keySet()) {
      for (LayerSite column : metadata("one").layout().columns()) {
        float[] a = vector(one.get(id), column);
        float[] b = vector(many.get(id), column);
        double largest = 0;
        for (float value : a) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(a, b, (float) (2e-3 * largest), id + " " + column);
      }
    }
  }

  @Test
  void layersOfTheTowerStandBeforeThoseOfTheDecoder() throws IOException {
    String sites = "vision_resid_post,vision_mlp_post,mlp_post";
    List<ObjectNode> rows = everyQuestionOnEveryImage();
    assertEquals(0, extract(rows, "out", "--sites", sites, "--pools", "mean,grid"));
    List<LayerSite> columns = metadata("out").layout().columns();
    assertEquals("v00_resid_post_mean", columns.get(0).column());
    assertEquals(
        "l00_mlp_post", columns.get(2 * 2 * metadata("out").layout().tower().layers()).column());
    for (Fixture.Case c : FIXTURE.cases()) {
      Row row = read("out").get(c.index() + "-" + c.index());
      for (String pool : List.of("mean", "grid")) {
        LayerSite column = new LayerSite(1, Site.of("vision_mlp_post_" + pool));
        float[] golden = FIXTURE.golden("case" + c.index() + ".tower1.mlp_post." + pool).values();
        float largest = 0;
        for (float value : golden) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(golden, vector(row, column), 2e-2f * largest, column.toString());
      }
    }
    assertEquals(0, extract(rows, "tower", "--sites", "vision_attn_z", "--tower-layers", "0-1"));
    assertEquals(
        List.of("v00_attn_z_mean", "v00_attn_z_max", "v00_attn_z_cls", "v00_attn_z_grid"),
        metadata("tower").layout().columns().stream().map(LayerSite::column).limit(4).toList());
    assertEquals(2, extract(rows, "no", "--pools", "mean"), "no site of the tower");
    assertEquals(2, extract(rows, "no", "--sites", sites, "--pools", "median"));
    assertEquals(2, extract(rows, "no", "--sites", sites, "--tower-layers", "0-99"));
  }

  @Test
  void aRowThatFailsIsAnErrorRowAndTheOthersAreDone() throws IOException {
    List<ObjectNode> rows = goodRows();
    rows.add(row("missing", "no-such.png", "Is it?"));
    rows.add(row("text", "notes.png", "Is it?"));
    rows.add(row("folder", ".", "Is it?"));
    rows.add(
        row("control", FIXTURE.cases().get(0).image().toAbsolutePath().toString(), "A <image>?"));
    Files.writeString(folder.resolve("notes.png"), "this is a text file");
    assertEquals(0, extract(rows, "out"));
    assertEquals(FIXTURE.cases().size(), read("out").size());
    assertEquals(4, metadata("out").errors());
    Map<String, Row> errors = read("out/_errors");
    assertEquals("image_not_found", errors.get("missing").getString(3));
    assertEquals("bad_image", errors.get("text").getString(3));
    assertEquals("image_not_readable", errors.get("folder").getString(3));
    assertEquals("bad_question", errors.get("control").getString(3));
    assertTrue(errors.get("missing").getString(4).contains("no-such.png"));
  }

  @Test
  void onErrorFailEndsTheJobAndLeavesNoRows() throws IOException {
    List<ObjectNode> rows = goodRows();
    rows.add(row("missing", "no-such.png", "Is it?"));
    assertEquals(1, extract(rows, "out", "--on-error", "fail"));
    assertFalse(Files.exists(folder.resolve("out/" + ActivationsMetadata.FILE_NAME)));
    assertFalse(Files.exists(folder.resolve("out/part-00000.parquet")));
  }

  @Test
  void whatCannotWorkIsRefusedBeforeWork() throws IOException {
    assertEquals(0, extract(goodRows(), "out"));
    assertEquals(2, extract(goodRows(), "out"), "the output is there already");
    assertEquals(0, extract(goodRows(), "out", "--overwrite", "--limit", "2"));
    assertEquals(2, read("out").size());
    assertEquals(2, extract(goodRows(), "other", "--layers", "0-99"));
    assertEquals(2, extract(goodRows(), "other", "--sites", "resid_mid"));
    assertEquals(2, extract(List.of(), "other"), "an empty manifest");
    assertEquals(2, extract(goodRows(), "", "--overwrite"), "the output holds the manifest");
    assertEquals(2, read("out").size());
    assertFalse(Files.exists(folder.resolve("other")));
  }

  @Test
  void labelGivesTheVotesOfTheRowsOwnActivations() throws IOException {
    assertEquals(0, extract(goodRows(), "activations"));
    ActivationsMetadata metadata = metadata("activations");
    SuperNeurons superNeurons = superNeurons(metadata, metadata.model());
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), superNeurons.toJson());
    List<ObjectNode> rows = goodRows();
    rows.add(row("missing", "no-such.png", "Is it?"));
    assertEquals(0, label(rows, "predictions"));
    Map<String, Row> activations = read("activations");
    Map<String, Row> predictions = read("predictions");
    assertEquals(rows.size(), predictions.size());
    for (Fixture.Case c : FIXTURE.cases()) {
      Row prediction = predictions.get("case" + c.index());
      float[] layer0 = vector(activations.get("case" + c.index()), new LayerSite(0, Site.MLP_POST));
      float[] layer1 =
          vector(activations.get("case" + c.index()), new LayerSite(1, Site.RESID_POST));
      double yes = (layer0[3] > 0.01 ? 1 : 0) + (layer1[5] > 0 ? 0 : 2);
      boolean isClose = yes == 1 || yes == 2;
      String answer = yes > 1.5 ? "yes" : "no";
      assertEquals(isClose ? null : answer, prediction.getAs("prediction"), "votes " + yes);
      assertEquals(isClose ? 1 / 3.0 : 1, prediction.<Double>getAs("margin"), 1e-12);
      assertEquals(yes, prediction.getJavaMap(prediction.fieldIndex("votes")).get("yes"));
      assertEquals(1, prediction.<Integer>getAs("exit_layer"));
      assertEquals("decoder", prediction.getAs("exit_part"));
      assertEquals("super_neurons", prediction.getAs("source"));
      assertNull(prediction.getAs("error"));
    }
    assertNull(predictions.get("missing").getAs("prediction"));
    assertTrue(predictions.get("missing").<String>getAs("error").startsWith("image_not_found"));
  }

  @Test
  void labelRefusesSuperNeuronsOfAnotherModel() throws IOException {
    assertEquals(0, extract(goodRows(), "activations"));
    SuperNeurons others =
        superNeurons(metadata("activations"), new ModelIdentity("other", "llava", "sha256:0"));
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), others.toJson());
    assertEquals(2, label(goodRows(), "predictions"));
    assertFalse(Files.exists(folder.resolve("predictions")));
  }

  private static SuperNeurons superNeurons(ActivationsMetadata metadata, ModelIdentity model) {
    SuperNeuron first =
        new SuperNeuron(
            new Neuron(0, Site.MLP_POST, 3), FittedRule.cut(Rule.BEST_CUT, 1, 0.01), 1, 0.9, 0.9);
    SuperNeuron second =
        new SuperNeuron(
            new Neuron(1, Site.RESID_POST, 5), FittedRule.cut(Rule.BEST_CUT, -1, 0), 2, 0.9, 0.9);
    TaskSuperNeurons task =
        new TaskSuperNeurons(
            "default",
            Optional.empty(),
            List.of("no", "yes"),
            new Level(
                ModelLayer.ofDecoder(1), Rule.BEST_CUT, Voting.WEIGHTED, List.of(first, second)),
            Cascade.NONE,
            Optional.empty(),
            Metric.ACCURACY,
            new Chosen(
                ChosenOn.VALIDATION,
                FittedOn.PROBE,
                0.5,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                LabelsFrom.COLUMN),
            Map.of(),
            Map.of(),
            Optional.empty());
    return new SuperNeurons(
        model,
        metadata.prompt(),
        metadata.image(),
        metadata.storeDType(),
        metadata.computeDType(),
        Map.of(),
        List.of(task));
  }

  private int extract(List<ObjectNode> rows, String output, String... more) throws IOException {
    return run(new ExtractJob(), rows, output, more, "--dtype", "float32");
  }

  private int label(List<ObjectNode> rows, String output) throws IOException {
    return run(
        new LabelJob(),
        rows,
        output,
        new String[0],
        "--superneurons",
        folder.resolve(SuperNeurons.FILE_NAME).toString());
  }

  private int run(
      Callable<Integer> job, List<ObjectNode> rows, String output, String[] more, String... own)
      throws IOException {
    Path manifest = folder.resolve("manifest.jsonl");
    Files.write(manifest, rows.stream().map(JsonNode::toString).toList());
    List<String> args =
        new ArrayList<>(
            List.of(
                "--model",
                MODEL,
                "--input",
                manifest.toString(),
                "--image-roots",
                FIXTURE.folder().toAbsolutePath().toString(),
                "--output",
                folder.resolve(output).toString()));
    args.addAll(List.of(own));
    args.addAll(List.of(more));
    return JobMain.run(job, args.toArray(String[]::new));
  }

  private static List<ObjectNode> goodRows() {
    List<ObjectNode> rows = new ArrayList<>();
    for (Fixture.Case c : FIXTURE.cases()) {
      rows.add(row("case" + c.index(), c.image().toAbsolutePath().toString(), c.question()));
    }
    return rows;
  }

  private static List<ObjectNode> everyQuestionOnEveryImage() {
    List<ObjectNode> rows = new ArrayList<>();
    for (Fixture.Case image : FIXTURE.cases()) {
      for (Fixture.Case question : FIXTURE.cases()) {
        String id = image.index() + "-" + question.index();
        rows.add(row(id, image.image().toAbsolutePath().toString(), question.question()));
      }
    }
    return rows;
  }

  private static ObjectNode row(String id, String image, String question) {
    return JSON.createObjectNode().put("id", id).put("image", image).put("question", question);
  }

  private ActivationsMetadata metadata(String output) throws IOException {
    Path file = folder.resolve(output).resolve(ActivationsMetadata.FILE_NAME);
    return ActivationsMetadata.fromJson(Files.readString(file), file.toString());
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new LinkedHashMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        byId.put(row.getString(0), row);
      }
    }
    return byId;
  }

  private static float[] vector(Row row, LayerSite column) {
    byte[] bytes = row.getAs(column.column());
    StoreDType dtype = bytes.length / width(column) == 4 ? StoreDType.FLOAT32 : StoreDType.FLOAT16;
    return new ActivationCodec(dtype).decode(bytes);
  }

  private static int width(LayerSite column) {
    return ModelDescription.of(FIXTURE.checkpoint()).layout().width(column);
  }
}
