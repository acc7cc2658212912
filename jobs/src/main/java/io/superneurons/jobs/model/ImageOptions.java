package io.superneurons.jobs.model;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say how images are prepared; recorded with the activations. */
@HelpGroup(value = "Image sizes", example = "--max-pixels 401408")
public final class ImageOptions {
  private static final String PROCESSOR = "processor";
  private static final String MIN_PIXELS = "min_pixels";
  private static final String MAX_PIXELS = "max_pixels";

  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description =
          "Enlarge images with fewer pixels; Qwen2.5-VL and Qwen3-VL only. Default: the"
              + " checkpoint's.")
  private Long minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Make images with more pixels smaller, which takes fewer tokens; Qwen2.5-VL and Qwen3-VL"
              + " only. Default: the checkpoint's.")
  private Long maxPixels;

  /**
   * The limits that were asked for.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public PixelLimits limits(ModelDescription model) {
    return checked(model, minPixels, maxPixels);
  }

  /**
   * What a run recorded; the checkpoint's own where it recorded none.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public static PixelLimits limits(ModelDescription model, Map<String, Object> recorded) {
    return checked(model, limit(recorded, MIN_PIXELS), limit(recorded, MAX_PIXELS));
  }

  private static PixelLimits checked(ModelDescription model, Long least, Long most) {
    try {
      PixelLimits asked = new PixelLimits(least, most);
      model.pixelLimits(asked);
      return asked;
    } catch (IllegalArgumentException | ModelException e) {
      throw new ConfigurationException("Limits of an image's pixels: " + e.getMessage(), e);
    }
  }

  /** As recorded with the activations: the limits that held, where the family has such. */
  public static Map<String, Object> toMap(ModelDescription model, PixelLimits asked) {
    Map<String, Object> map = new LinkedHashMap<>();
    Config processor = model.checkpoint().imageProcessorConfig();
    map.put(PROCESSOR, processor.string("image_processor_type", "default"));
    model
        .pixelLimits(asked)
        .ifPresent(
            limits -> {
              map.put(MIN_PIXELS, limits.least());
              map.put(MAX_PIXELS, limits.most());
            });
    return map;
  }

  private static Long limit(Map<String, Object> recorded, String key) {
    return recorded.get(key) instanceof Number number ? number.longValue() : null;
  }
}
