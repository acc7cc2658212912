package io.superneurons.activation;

import java.io.Serializable;

/**
 * What one image-question pair costs a model, part by part, counted in multiplications by weights:
 * one for each weight and token. What attention multiplies among tokens is not counted; for prompts
 * of a few hundred tokens it is a few percent of the whole.
 *
 * @param tower vision tower and projector on one image
 * @param perLayer a decoder layer on all tokens of the prompt
 * @param exitLayer a decoder layer that is the last one to run: keys and values of all tokens, the
 *     rest of the last token only
 * @param head the language head on one token
 */
public record PassCost(long tower, long perLayer, long exitLayer, long head)
    implements Serializable {
  public PassCost {
    if (tower < 0 || perLayer < 1 || exitLayer < 0 || exitLayer > perLayer || head < 0) {
      throw new IllegalArgumentException(
          "No part of a pass can cost less than nothing, a layer costs something, and an exit layer"
              + " costs at most as much as a layer");
    }
  }

  /** The cost of a pass that ends after that layer, zero-based. */
  long upTo(int layer) {
    return tower + layer * perLayer + exitLayer;
  }

  /** The cost of a pass through that many layers to the first token of an answer. */
  public long whole(int layers) {
    return tower + layers * perLayer + head;
  }

  /**
   * The cost of an early exit as a share of a pass through the whole model.
   *
   * @param layer the exit layer, zero-based
   * @param layers of the model
   * @return from 0 to 1
   */
  public double share(int layer, int layers) {
    if (layer < 0 || layer >= layers) {
      throw new IllegalArgumentException(
          "The exit layer must be from 0 to " + (layers - 1) + ", not " + layer);
    }
    return (double) upTo(layer) / whole(layers);
  }
}
