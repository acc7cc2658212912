package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.model.Fixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InspectCommandTest {
  private static final Path MODEL = Fixture.bundled("llava-hub").folder().resolve("checkpoint");

  @Test
  void tellsWhatTheCheckpointHolds() {
    StringWriter printed = new StringWriter();
    int exitCode =
        new CommandLine(new InspectCommand())
            .setOut(new PrintWriter(printed))
            .execute("--model", MODEL.toString(), "--image-size", "64x48");
    assertEquals(0, exitCode);
    Checkpoint checkpoint = Checkpoint.open(MODEL);
    String text = printed.toString();
    assertTrue(text.contains(checkpoint.fingerprint()), text);
    assertTrue(text.contains("%,d%n".formatted(checkpoint.parameterCount())), text);
    assertTrue(text.lines().anyMatch(line -> line.matches(" +image +64 x 48: \\d+ tokens")), text);
  }

  @Test
  void refusesWhatIsNoCheckpointOrNoSize() {
    assertEquals(2, JobMain.run(new InspectCommand(), "--model", MODEL.getParent().toString()));
    assertEquals(
        2,
        JobMain.run(new InspectCommand(), "--model", MODEL.toString(), "--image-size", "64 by 48"));
  }

  @Test
  void anEarlyExitLeavesOutDeeperLayersAndTheHeadButNoTower() {
    List<TensorInfo> tensors =
        List.of(
            tensor("model.vision_tower.vision_model.encoder.layers.3.mlp.fc1.weight", 10),
            tensor("model.visual.layers.1.weight", 20),
            tensor("model.language_model.embed_tokens.weight", 40),
            tensor("model.language_model.layers.0.mlp.up_proj.weight", 80),
            tensor("model.language_model.layers.1.mlp.up_proj.weight", 160),
            tensor("lm_head.weight", 320));
    assertEquals(new WeightBytes(630, 1260), WeightBytes.ofWhole(tensors));
    assertEquals(new WeightBytes(150, 300), WeightBytes.upTo(0, tensors));
    assertEquals(new WeightBytes(310, 620), WeightBytes.upTo(1, tensors));
    assertEquals(600, WeightBytes.upTo(0, tensors).in(4));
  }

  private static TensorInfo tensor(String name, long elements) {
    return new TensorInfo(
        name, DType.BFLOAT16, new long[] {elements}, Path.of("model.safetensors"), 0, 2 * elements);
  }
}
