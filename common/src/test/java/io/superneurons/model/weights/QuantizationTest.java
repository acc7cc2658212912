package io.superneurons.model.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats of quantised weights that are not read are refused by name. */
class QuantizationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"quant_method\": \"gptq\", \"bits\": 4}",
        "{\"quant_method\": \"awq\"}",
        "{\"quant_method\": \"bitsandbytes\", \"load_in_4bit\": true}",
        "{\"quant_method\": \"modelopt\", \"quant_algo\": \"NVFP4\"}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"pack-quantized\"}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"pack-quantized\","
            + " \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 3, \"type\": \"int\","
            + " \"strategy\": \"group\"}}}}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"pack-quantized\","
            + " \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 4, \"type\": \"int\","
            + " \"strategy\": \"group\", \"actorder\": \"group\"}}}}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"nvfp4-pack-quantized\"}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"int-quantized\","
            + " \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 8, \"type\": \"int\","
            + " \"strategy\": \"channel\", \"symmetric\": false}}}}",
        "{\"quant_method\": \"compressed-tensors\", \"format\": \"float-quantized\","
            + " \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 8, \"type\":"
            + " \"float\", \"strategy\": \"group\"}}}}",
      })
  void whatIsNotReadIsRefusedWithWhatIs(String json) throws IOException {
    Path source = Path.of("src/test/resources/fixtures/llava-hub/checkpoint");
    Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"llava\", \"quantization_config\": " + json + "}");
    Checkpoint checkpoint = Checkpoint.open(folder);
    ModelException refused = assertThrows(ModelException.class, () -> Quantization.of(checkpoint));
    String name = json.split("\"")[json.contains("format") ? 7 : 3];
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
    assertTrue(refused.getMessage().contains("FP8 is"), refused.getMessage());
  }
}
