package io.superneurons.model.vision;

import java.util.Arrays;

/**
 * What a projector reads of a vision transformer: some of transformers' {@code hidden_states}, side
 * by side, or the last one after the final norm.
 *
 * @param states indices into {@code hidden_states}: 0 is before the first layer, negative ones
 *     count from the end
 * @param skip tokens left out at the front: the class token, or none
 * @param norm whether the final norm is applied to the last hidden state
 */
public record VitOutput(int[] states, int skip, boolean norm) {
  public VitOutput {
    if (states.length == 0 || skip < 0) {
      throw new IllegalArgumentException("A tower gives at least one hidden state");
    }
  }

  /** Hidden states as they are between the layers. */
  public static VitOutput hiddenStates(int[] states, int skip) {
    return new VitOutput(states.clone(), skip, false);
  }

  /** The last hidden state as it is, without so many tokens at the front. */
  public static VitOutput lastHiddenState(int skip) {
    return hiddenStates(new int[] {-1}, skip);
  }

  /** The last hidden state after the final norm ({@code last_hidden_state}). */
  public static VitOutput normed() {
    return normed(0);
  }

  /** The same without so many tokens at the front. */
  public static VitOutput normed(int skip) {
    return new VitOutput(new int[] {-1}, skip, true);
  }

  /** The hidden states as indices from the front, checked. */
  int[] states(VitShape shape) {
    return shape.hiddenStates(states);
  }

  /** What the layers give that the model runs of a tower. */
  public TowerShape layerShape(VitShape shape) {
    return new TowerShape(
        layers(shape), shape.hidden(), shape.heads(), shape.intermediate(), shape.classToken());
  }

  /** Layers that must run so that all hidden states are there. */
  int layers(VitShape shape) {
    return Arrays.stream(states(shape)).max().orElseThrow();
  }
}
