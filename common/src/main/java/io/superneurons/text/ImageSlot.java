package io.superneurons.text;

import java.util.Objects;

/**
 * How a family marks the place of an image in a prompt.
 *
 * @param token the added token that is widened later, such as {@code <|image_pad|>}
 * @param marker what {@code <image>} in a user's prompt template stands for: the token with what
 *     the family puts around it, such as {@code <|vision_start|><|image_pad|><|vision_end|>}
 */
public record ImageSlot(String token, String marker) {
  public ImageSlot {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(marker, "marker");
    if (!marker.contains(token)) {
      throw new IllegalArgumentException("marker must contain the token " + token);
    }
  }

  /** A slot that is the token alone. */
  public static ImageSlot of(String token) {
    return new ImageSlot(token, token);
  }
}
