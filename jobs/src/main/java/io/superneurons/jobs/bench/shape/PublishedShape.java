package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Shapes of published models. The resource beside this class that has a shape's name holds its
 * configuration files, with every size spelt out, its chat template and its control tokens.
 */
public enum PublishedShape {
  LLAVA_1_5_7B("llava-1.5-7b", ShapeTensors::llava),
  QWEN3_VL_2B("qwen3-vl-2b", ShapeTensors::qwen3Vl),
  SMOLVLM_500M("smolvlm-500m", ShapeTensors::smolVlm),
  QWEN3_5_2B("qwen3.5-2b", ShapeTensors::qwen3Vl),
  GEMMA_3_4B("gemma-3-4b", ShapeTensors::gemma3),
  INTERNVL3_2B("internvl3-2b", ShapeTensors::internVl),
  /** Of LLaVA's kind, and so small that a test can run it. */
  TINY("tiny", ShapeTensors::llava);

  private final String label;
  private final Function<JsonNode, List<NewTensor>> tensors;

  PublishedShape(String label, Function<JsonNode, List<NewTensor>> tensors) {
    this.label = label;
    this.tensors = tensors;
  }

  /** The name in options and files, such as {@code llava-1.5-7b}. */
  public String label() {
    return label;
  }

  /**
   * The shape of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public static PublishedShape of(String label) {
    return Arrays.stream(values())
        .filter(shape -> shape.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "There is no shape '%s'; those there are: %s",
                        label,
                        String.join(
                            ", ", Arrays.stream(values()).map(PublishedShape::label).toList()))));
  }

  /** The configuration files and what else makes a checkpoint folder. */
  ObjectNode description() {
    try (InputStream in = PublishedShape.class.getResourceAsStream(label + ".json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tensors of a checkpoint with that config.json. */
  List<NewTensor> tensors(JsonNode config) {
    return tensors.apply(config);
  }
}
