package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Locale;

/** The registry: the families that this engine runs. Adding one is adding a line here. */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          new Llava(),
          new LlavaNext(),
          new LlavaOnevision(),
          new Qwen2Vl(),
          new Qwen25Vl(),
          new Qwen3Vl("qwen3_vl"),
          new Qwen3Vl("qwen3_vl_moe"),
          new Qwen35("qwen3_5"),
          new Qwen35("qwen3_5_moe"),
          new Gemma3(),
          new Gemma4(),
          new Mistral3(),
          new InternVl(),
          new InternVlChat(),
          new Idefics3("idefics3"),
          new Idefics3("smolvlm"));

  private Families() {}

  /**
   * The family of a checkpoint.
   *
   * @throws ModelException if none runs it; the message lists those that work
   */
  public static Family of(Checkpoint checkpoint) {
    String modelType = checkpoint.config().requireString("model_type");
    for (Family family : ALL) {
      if (family.modelType().equals(modelType)) {
        return family;
      }
    }
    throw new ModelException(
        String.format(
            Locale.ROOT,
            "%s: model_type '%s' is not supported; these are: %s",
            checkpoint.folder().resolve("config.json"),
            modelType,
            String.join(", ", ALL.stream().map(Family::modelType).toList())));
  }
}
