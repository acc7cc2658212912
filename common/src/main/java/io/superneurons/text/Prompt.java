package io.superneurons.text;

import java.util.Arrays;
import java.util.Objects;

/**
 * A prompt before the image's place is widened to as many tokens as the image takes.
 *
 * @param rendered the text, with one image token
 * @param ids of the text, with the image token's id once
 */
public record Prompt(String rendered, long[] ids) {
  public Prompt {
    Objects.requireNonNull(rendered, "rendered");
    ids = ids.clone();
  }

  @Override
  public long[] ids() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prompt that
        && rendered.equals(that.rendered)
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rendered, Arrays.hashCode(ids));
  }

  @Override
  public String toString() {
    return rendered;
  }
}
