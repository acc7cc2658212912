package io.superneurons.model.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.Fixture;
import io.superneurons.model.TestDevice;
import io.superneurons.model.family.parts.PatchVision;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.TorchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The id of an image's token where config.json leaves it out is that of transformers' class. */
class PlaceholderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"qwen3_5-hub, 248056", "qwen3_vl-hub, 151655", "qwen2_vl-hub, 151655"})
  void isTheClasssDefault(String name, long expected) throws IOException {
    try (Stream<Path> files = Files.list(Fixture.bundled(name).checkpoint().folder())) {
      for (Path each : files.toList()) {
        Files.copy(each, folder.resolve(each.getFileName()));
      }
    }
    ObjectMapper json = new ObjectMapper();
    Path config = folder.resolve("config.json");
    ObjectNode tree = (ObjectNode) json.readTree(config.toFile());
    tree.remove("image_token_id");
    json.writeValue(config.toFile(), tree);
    Checkpoint checkpoint = Checkpoint.open(folder);
    try (MappedWeights files = new MappedWeights(TorchType.FLOAT32, TestDevice.NAME)) {
      PatchVision vision =
          (PatchVision) Families.of(checkpoint).openVision(checkpoint, files, TestDevice.exact());
      assertEquals(expected, vision.placeholder());
    }
  }
}
