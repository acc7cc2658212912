package io.superneurons.model.family.parts;

import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.Locale;

/** Finds out which tokens of a prompt stand for which features of its image. */
public final class ImageSlots {
  private ImageSlots() {}

  /**
   * A row whose image takes the place of its placeholder, at positions 0, 1, 2, ...
   *
   * @param placeholder the id that stands for the image; it must be there once
   * @throws ModelException if it is not there exactly once
   */
  public static Sequence expand(int image, long[] promptIds, long placeholder, int features) {
    requirePlaceholders(1, promptIds, placeholder);
    int slot = 0;
    while (promptIds[slot] != placeholder) {
      slot++;
    }
    int length = promptIds.length - 1 + features;
    long[] ids = new long[length];
    int[] sources = new int[length];
    Arrays.fill(sources, -1);
    System.arraycopy(promptIds, 0, ids, 0, slot);
    for (int i = 0; i < features; i++) {
      ids[slot + i] = placeholder;
      sources[slot + i] = i;
    }
    System.arraycopy(promptIds, slot + 1, ids, slot + features, promptIds.length - slot - 1);
    return Sequence.inOrder(image, ids, sources);
  }

  /**
   * A row whose prompt has a placeholder for every feature already, at positions 0, 1, 2, ...
   *
   * @param placeholder the id that stands for a feature, as often as there are features
   * @throws ModelException if it is not there that often
   */
  public static Sequence assign(int image, long[] promptIds, long placeholder, int features) {
    requirePlaceholders(features, promptIds, placeholder);
    int[] sources = new int[promptIds.length];
    int next = 0;
    for (int i = 0; i < promptIds.length; i++) {
      sources[i] = promptIds[i] == placeholder ? next++ : -1;
    }
    return Sequence.inOrder(image, promptIds, sources);
  }

  private static void requirePlaceholders(int expected, long[] promptIds, long placeholder) {
    long found = Arrays.stream(promptIds).filter(id -> id == placeholder).count();
    if (found != expected) {
      throw new ModelException(
          String.format(
                  Locale.ROOT,
                  "The prompt has %d image placeholders (token %d) where it must have %d; look at"
                      + " the chat",
                  found,
                  placeholder,
                  expected)
              + " template or --prompt-template");
    }
  }
}
