package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a decoder gets of its tokens beside their embeddings.
 *
 * @param width of what each layer gets of each token; 0 where layers get nothing of their own
 * @param vocabulary rows of the table that it is looked up in
 * @param padded ids that are looked up as {@code pad}, in the embedding too: those that stand for
 *     images and sounds
 * @param pad the id of padding
 */
public record TokenInputs(int width, int vocabulary, Set<Long> padded, long pad) {
  static final String WIDTH = "hidden_size_per_layer_input";

  public TokenInputs {
    padded = Set.copyOf(padded);
    if (width < 0 || width > 0 && vocabulary < 1) {
      throw new ModelException("text_config: " + WIDTH + " has no table to be looked up in");
    }
  }

  /** Embeddings alone. */
  static TokenInputs none() {
    return new TokenInputs(0, 0, Set.of(), 0);
  }

  /**
   * As Gemma 4 has them.
   *
   * @param root the whole config.json, which has the ids
   */
  static TokenInputs of(Config root, Config text) {
    Set<Long> padded =
        Stream.of(
                root.intValue("image_token_id", 258_880),
                root.intValue("video_token_id", 258_884),
                root.intValue("audio_token_id", 258_881))
            .map(Integer::longValue)
            .collect(Collectors.toSet());
    return new TokenInputs(
        text.intValue(WIDTH, 256),
        text.intValue("vocab_size_per_layer_input", 262_144),
        padded,
        text.intValue("pad_token_id", 0));
  }

  /** Whether layers get something of their own. */
  public boolean perLayer() {
    return width > 0;
  }

  /** The ids that are looked up for tokens [tokens]. */
  public long[] lookedUp(long[] ids) {
    return padded.isEmpty()
        ? ids
        : Arrays.stream(ids).map(id -> padded.contains(id) ? pad : id).toArray();
  }
}
