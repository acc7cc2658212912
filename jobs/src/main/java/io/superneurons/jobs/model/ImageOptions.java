package io.superneurons.jobs.model;

import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options that say how images are prepared; recorded with the activations. */
@HelpGroup(value = "Image sizes", example = "--max-pixels 401408")
public final class ImageOptions {
  private static final String PROCESSOR = "processor";

  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description =
          "Enlarge images with fewer pixels; families that take images of any size (Qwen) only."
              + " Default: the checkpoint's.")
  private Long minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Make images with more pixels smaller, which takes fewer tokens; families that take images"
              + " of any size (Qwen) only. Default: the checkpoint's.")
  private Long maxPixels;

  @Option(
      names = "--max-tiles",
      paramLabel = "N",
      description =
          "Cut an image into at most N tiles, the view of the whole beside them not counted, which"
              + " takes fewer tokens; families that cut images into tiles only (Idefics3, SmolVLM,"
              + " LLaVA-NeXT, LLaVA-OneVision, InternVL). Default: the checkpoint's.")
  private Long maxTiles;

  /**
   * The limits that were asked for.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public SizeLimits limits(ModelDescription model) {
    return checked(model, () -> new SizeLimits(minPixels, maxPixels, maxTiles));
  }

  /**
   * What a run recorded; the checkpoint's own where it recorded none.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public static SizeLimits limits(ModelDescription model, Map<String, Object> recorded) {
    return checked(model, () -> SizeLimits.of(recorded));
  }

  private static SizeLimits checked(ModelDescription model, Supplier<SizeLimits> limits) {
    try {
      SizeLimits asked = limits.get();
      model.sizeLimits(asked);
      return asked;
    } catch (CheckpointException e) {
      throw new ConfigurationException(e.getMessage(), e);
    } catch (IllegalArgumentException | ModelException e) {
      throw new ConfigurationException("Limits of an image's size: " + e.getMessage(), e);
    }
  }

  /**
   * As recorded with the activations: the limits that held, where the family has such. Of tiles
   * only one that was asked for, since earlier versions recorded none: without it, it is the
   * checkpoint's.
   */
  public static Map<String, Object> toMap(ModelDescription model, SizeLimits asked) {
    Map<String, Object> map = new LinkedHashMap<>();
    Config processor = model.checkpoint().imageProcessorConfig();
    map.put(PROCESSOR, processor.string("image_processor_type", "default"));
    SizeLimits held = model.sizeLimits(asked);
    if (asked.isOfTiles() || !held.isOfTiles()) {
      map.putAll(held.toMap());
    }
    return map;
  }
}
