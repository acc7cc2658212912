package io.superneurons.model;

import java.util.Arrays;

/** Expands the one placeholder of a prompt into the tokens of its image. */
final class ImageSlots {
  private ImageSlots() {}

  /**
   * A row whose image takes the place of its placeholder, at positions 0, 1, 2, ...
   *
   * @param placeholder the id that stands for the image, once
   * @throws ModelException if it is not there exactly once
   */
  static Sequence expand(int image, long[] promptIds, long placeholder, int features) {
    long found = Arrays.stream(promptIds).filter(id -> id == placeholder).count();
    if (found != 1) {
      throw new ModelException(
          "The prompt has %d image placeholders (token %d) where it must have one; look at the chat"
                  .formatted(found, placeholder)
              + " template or --prompt-template");
    }
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
}
