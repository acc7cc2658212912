package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which of transformers' classes prepares a checkpoint's images. */
public final class ImageProcessorType {
  private static final String KEY = "image_processor_type";
  private static final String OLDER_KEY = "feature_extractor_type";

  private ImageProcessorType() {}

  /**
   * The class, without the marks of older and faster versions of it.
   *
   * @param usual the class where the configuration names none
   * @param known those that the family has here
   * @throws ModelException if it is another one; the message names it
   */
  static String require(Config config, String usual, String... known) {
    String named = config.string(KEY, config.string(OLDER_KEY, usual));
    String type =
        named.replaceFirst("FeatureExtractor$", "ImageProcessor").replaceFirst("Fast$", "");
    List<String> all = Arrays.asList(known);
    if (!all.contains(type)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: %s '%s' is not supported for this family; %s is",
              config.file(),
              KEY,
              named,
              String.join(" or ", all)));
    }
    return type;
  }
}
