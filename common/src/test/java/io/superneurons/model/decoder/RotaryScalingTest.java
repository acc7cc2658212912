package io.superneurons.model.decoder;

import static io.superneurons.model.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.TestDevice;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.decoder.shape.RotaryShape;
import io.superneurons.model.weights.ModelException;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotary settings against what transformers makes of them (src/test/python/rope_fixtures.py). */
class RotaryScalingTest {

  static Stream<Map.Entry<String, JsonNode>> cases() throws IOException {
    try (InputStream in = RotaryScalingTest.class.getResourceAsStream("/model/rope.json")) {
      return new ObjectMapper().readTree(in).properties().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void frequenciesAreThoseOfTransformers(Map.Entry<String, JsonNode> named) {
    DecoderShape shape = shape(named.getValue());
    double[] expected = doubles(named.getValue().get("inv_freq"));
    double[] divisors = shape.rotary().scaling().divisors();
    assertEquals(expected.length, divisors.length);
    for (int i = 0; i < expected.length; i++) {
      double actual =
          Math.pow(shape.rotary().theta(), -2.0 * i / shape.rotary().dim()) / divisors[i];
      assertEquals(1, actual / expected[i], 1e-5, named.getKey() + " frequency " + i);
    }
    assertEquals(
        named.getValue().get("attention_scaling").asDouble(),
        shape.rotary().scaling().magnitude(),
        1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cosinesAndSinesAreThoseOfTransformers(Map.Entry<String, JsonNode> named) {
    RotaryShape rotary = shape(named.getValue()).rotary();
    JsonNode axes = named.getValue().get("positions");
    long[] positions =
        axes.valueStream().flatMap(JsonNode::valueStream).mapToLong(JsonNode::asLong).toArray();
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, TestDevice.NAME)) {
      Rotaries.Rotary turned =
          Rotaries.Turning.of(rotary, files)
              .at(scope, files.longs(scope, positions, axes.size(), axes.get(0).size()));
      float[] cosines = MappedWeights.toFloats(turned.cosines());
      float[] sines = MappedWeights.toFloats(turned.sines());
      int dim = sines.length / axes.get(0).size();
      for (int i = 0; i < sines.length; i++) {
        sines[i] = i % dim < dim / 2 ? -sines[i] : sines[i]; // as the second half turns the first
      }
      assertClose(floats(named.getValue().get("cos")), cosines, 1e-4, named.getKey() + " cos");
      assertClose(floats(named.getValue().get("sin")), sines, 1e-4, named.getKey() + " sin");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dynamic, factor is missing",
    "longrope, rope type 'longrope' is not supported",
    "yarn, factor is missing",
    "linear, factor is missing",
  })
  void whatIsNotSupportedIsRefusedByName(String type, String message) {
    Config text =
        Config.parse(
            "config.json",
            String.format(Locale.ROOT, "{\"rope_scaling\": {\"rope_type\": \"%s\"}}", type));
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () -> DecoderShape.of(text, text, "llama", HeadTie.EITHER_LEVEL));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void dynamicChangesNothingAsFarAsTheModelWasTrained() {
    Config text =
        Config.parse(
            "config.json",
            "{\"max_position_embeddings\": 300,"
                + " \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}");
    DecoderShape shape = DecoderShape.of(text, text, "llama", HeadTie.EITHER_LEVEL);
    assertEquals(1, Arrays.stream(shape.rotary().scaling().divisors()).max().orElseThrow());
    assertEquals(300, shape.longest());
  }

  @ParameterizedTest
  @CsvSource({"rope_scaling, type", "rope_parameters, rope_type"})
  void aPartOfTheHeadIsRefusedWhereFrequenciesAreScaled(String key, String type) {
    Config text =
        Config.parse(
            "config.json",
            String.format(
                Locale.ROOT,
                "{\"%s\": {\"%s\": \"linear\", \"factor\": 2, \"partial_rotary_factor\": 0.5}}",
                key,
                type));
    assertThrows(
        ModelException.class, () -> DecoderShape.of(text, text, "llama", HeadTie.EITHER_LEVEL));
  }

  private static DecoderShape shape(JsonNode named) {
    Config text = Config.parse("config.json", named.get("text_config").toString());
    return DecoderShape.of(text, text, "llama", HeadTie.EITHER_LEVEL);
  }

  private static double[] doubles(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static float[] floats(JsonNode array) {
    double[] values = doubles(array);
    float[] floats = new float[values.length];
    Arrays.setAll(values, i -> floats[i] = (float) values[i]);
    return floats;
  }
}
