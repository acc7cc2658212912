package io.superneurons.jobs;

import static io.superneurons.model.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.TaskFixture;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family from image files to Parquet, against what transformers computes. */
class FamilyJobsTest {
  private static final Fixture QWEN = Fixture.bundled("qwen3_vl-hub");

  @TempDir private Path folder;

  /** One of each family: that both layouts are read alike, the contract test of families shows. */
  static Collection<Fixture> fixtures() {
    Map<String, Fixture> first = new LinkedHashMap<>();
    Fixture.everyFamily()
        .forEach(one -> first.putIfAbsent(one.toString().replaceFirst("-[^-]*$", ""), one));
    return first.values();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyStoredVectorEqualsTransformers(Fixture fixture) throws IOException {
    ModelJobs jobs = ModelJobs.of(fixture, folder);
    assertEquals(0, jobs.extract("out", "--store-dtype", "float32", "--answer"));
    ActivationsMetadata metadata = jobs.metadata("out");
    assertEquals(fixture.cases().size(), metadata.rows());
    assertEquals(0, metadata.errors());
    assertEquals("float32", metadata.computeDType());
    Map<String, Row> rows = jobs.read("out");
    for (Fixture.Case c : fixture.cases()) {
      Row row = rows.get(ModelJobs.id(c));
      assertEquals(c.question(), row.getAs("question"));
      assertEquals(c.generated().strip(), row.getAs("answer"), fixture + " " + c);
      for (LayerSite column : metadata.layout().columns()) {
        // Images are resized bit for bit as torchvision does, so the tolerance is the engine's.
        String what = fixture + " " + c + " " + column;
        assertClose(golden(fixture, c, column), ModelJobs.vector(row, column), 1e-4, what);
      }
    }
  }

  @Test
  void limitsOfPixelsAreRecordedAndTakenOverByLabel() throws IOException {
    ModelJobs jobs = ModelJobs.of(QWEN, folder);
    labelTakesOver(jobs, "--min-pixels", "144", "--max-pixels", "288");
    assertEquals(144, jobs.metadata("small").image().get("min_pixels"));
    assertEquals(288, jobs.metadata("small").image().get("max_pixels"));
    assertEquals(1296, jobs.metadata("own").image().get("max_pixels"));
  }

  @Test
  void limitsOfTilesAreRecordedAndTakenOverByLabel() throws IOException {
    ModelJobs jobs = ModelJobs.of(Fixture.bundled("smolvlm-hub"), folder);
    labelTakesOver(jobs, "--max-tiles", "3");
    assertEquals(1, jobs.metadata("small").image().get("max_tiles"), "two by two would be four");
    assertFalse(
        jobs.metadata("own").image().containsKey("max_tiles"), "as earlier versions wrote it");
  }

  /** By a neuron that tells an image that is limited from one that is not. */
  private void labelTakesOver(ModelJobs jobs, String... limits) throws IOException {
    assertEquals(0, jobs.extract("own", "--store-dtype", "float32"));
    String[] options =
        Stream.concat(Stream.of("--store-dtype", "float32"), Arrays.stream(limits))
            .toArray(String[]::new);
    assertEquals(0, jobs.extract("small", options));
    ActivationsMetadata metadata = jobs.metadata("small");
    float[] own = firstRow(jobs, "own");
    float[] small = firstRow(jobs, "small");
    int index = widest(own, small);
    float cut = (own[index] + small[index]) / 2;
    Path file = folder.resolve(SuperNeurons.FILE_NAME);
    Files.writeString(file, oneNeuron(metadata, index, cut).toJson());
    assertEquals(0, jobs.label(file, "predictions"));
    String expected = small[index] > cut ? "yes" : "no";
    assertNotEquals(expected, own[index] > cut ? "yes" : "no");
    assertEquals(expected, jobs.read("predictions").get("case0").getAs("prediction"));
  }

  @Test
  void limitsThatCannotHoldAreRefusedBeforeWork() throws IOException {
    ModelJobs llava = ModelJobs.of(Fixture.bundled("llava-hub"), folder);
    assertEquals(2, llava.extract("out", "--max-pixels", "1000"));
    assertEquals(2, llava.extract("out", "--max-tiles", "1"));
    ModelJobs smolvlm = ModelJobs.of(Fixture.bundled("smolvlm-hub"), folder);
    assertEquals(2, smolvlm.extract("out", "--max-pixels", "1000"));
    assertEquals(2, smolvlm.extract("out", "--max-tiles", "0"));
    assertEquals(2, smolvlm.extract("out", "--max-tiles", "1", "--max-pixels", "1000"));
    ModelJobs qwen = ModelJobs.of(QWEN, folder);
    assertEquals(2, qwen.extract("out", "--max-tiles", "1"));
    assertEquals(2, qwen.extract("out", "--max-pixels", "0"));
    assertEquals(2, qwen.extract("out", "--max-pixels", "100"), "below the checkpoint's least");
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @Test
  void whatSurroundsAQuestionIsRecorded() throws IOException {
    ModelJobs jobs = ModelJobs.of(QWEN, folder);
    assertEquals(
        0,
        jobs.extract(
            "out",
            "--system-prompt",
            "Be brief.",
            "--prompt-suffix",
            "\nOne word.",
            "--limit",
            "1"));
    assertEquals(
        Map.of("system_prompt", "Be brief.", "prompt_suffix", "\nOne word."),
        jobs.metadata("out").prompt());
    assertEquals(0, jobs.extract("own", "--limit", "1", "--store-dtype", "float32"));
    assertEquals(
        0,
        jobs.extract(
            "templated",
            "--limit",
            "1",
            "--store-dtype",
            "float32",
            "--prompt-template",
            QWEN.cases()
                .get(0)
                .prompt()
                .replace(QWEN.cases().get(0).question(), "{question}")
                .replace("<|vision_start|><|image_pad|><|vision_end|>", "<image>")));
    assertArrayEquals(firstRow(jobs, "own"), firstRow(jobs, "templated"));
  }

  private static float[] golden(Fixture fixture, Fixture.Case c, LayerSite column) {
    return fixture
        .golden(
            String.format(
                Locale.ROOT, "case%d.layer%d.%s", c.index(), column.layer(), column.site()))
        .values();
  }

  private static float[] firstRow(ModelJobs jobs, String output) throws IOException {
    return ModelJobs.vector(jobs.read(output).get("case0"), new LayerSite(0, Site.RESID_POST));
  }

  private static int widest(float[] a, float[] b) {
    int widest = 0;
    for (int i = 1; i < a.length; i++) {
      widest = Math.abs(a[i] - b[i]) > Math.abs(a[widest] - b[widest]) ? i : widest;
    }
    return widest;
  }

  private static SuperNeurons oneNeuron(ActivationsMetadata metadata, int index, float cut) {
    SuperNeuron neuron =
        new SuperNeuron(
            new Neuron(0, Site.RESID_POST, index),
            FittedRule.cut(Rule.BEST_CUT, 1, cut),
            1,
            0.9,
            0.9);
    TaskSuperNeurons task =
        TaskFixture.task(
            "default",
            List.of("no", "yes"),
            new Level(
                ModelLayer.ofDecoder(0), neuron.fitted().rule(), Voting.MAJORITY, List.of(neuron)));
    return new SuperNeurons(
        metadata.model(),
        metadata.prompt(),
        metadata.image(),
        metadata.storeDType(),
        metadata.computeDType(),
        Map.of(),
        List.of(task));
  }
}
