package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which layers of a decoder are of another type than full attention. */
final class LayerTypes {
  private static final String KEY = "layer_types";
  private static final String FULL = "full_attention";

  private LayerTypes() {}

  /**
   * {@code layer_types}; empty if it is left out.
   *
   * @param other the type that the kind of decoder has beside full attention
   * @throws ModelException if there is a third one
   */
  static List<String> of(Config text, String other) {
    List<String> types = text.strings(KEY);
    for (String type : types) {
      if (!type.equals(other) && !type.equals(FULL)) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "text_config: %s has '%s', which is not supported; %s and %s are",
                KEY,
                type,
                FULL,
                other));
      }
    }
    return types;
  }

  /** Refuses a list of another length. */
  static ModelException wrongLength(List<String> types, int layers) {
    return new ModelException(
        String.format(
            Locale.ROOT,
            "text_config: %s has %d entries for %d layers",
            KEY,
            types.size(),
            layers));
  }

  /**
   * All layers but every so many.
   *
   * @param key of how many
   * @throws ModelException if that is not positive
   */
  static Set<Integer> allButEvery(Config text, String key, int usual, int layers) {
    int interval = text.intValue(key, usual);
    if (interval < 1) {
      throw new ModelException("text_config: " + key + " must be positive");
    }
    return where(layers, layer -> (layer + 1) % interval != 0);
  }

  /** The layers of which something holds. */
  static Set<Integer> where(int layers, IntPredicate holds) {
    return IntStream.range(0, layers).filter(holds).boxed().collect(Collectors.toSet());
  }
}
