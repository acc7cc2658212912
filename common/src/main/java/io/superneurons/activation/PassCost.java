package io.superneurons.activation;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * What one image-question pair costs a model, part by part, counted in multiplications by weights:
 * one for each weight and token. What attention multiplies among tokens is not counted; for prompts
 * of a few hundred tokens it is a few percent of the whole.
 *
 * @param tower vision tower and projector on one image
 * @param towerStart of the tower what comes before its layers; 0 if it is not known
 * @param towerLayer of the tower a layer on all tokens of the image; 0 if it is not known
 * @param perLayer a decoder layer on all tokens of the prompt
 * @param exitLayer a decoder layer that is the last one to run: keys and values of all tokens, the
 *     rest of the last token only
 * @param head the language head on one token
 */
public record PassCost(
    long tower, long towerStart, long towerLayer, long perLayer, long exitLayer, long head)
    implements Serializable {
  public PassCost {
    if (tower < 0
        || towerStart < 0
        || towerLayer < 0
        || perLayer < 1
        || exitLayer < 0
        || exitLayer > perLayer
        || head < 0) {
      throw new IllegalArgumentException(
          "No part of a pass can cost less than nothing, a layer costs something, and an exit layer"
              + " costs at most as much as a layer");
    }
  }

  /**
   * The cost of a pass that ends after that layer. One that ends within the tower counts as if all
   * of its last layer were computed.
   *
   * @param layer one within the vision tower only if {@link #knowsTower}
   */
  public long upTo(ModelLayer layer) {
    return layer.inTower()
        ? towerStart + (layer.number() + 1) * towerLayer
        : tower + layer.number() * perLayer + exitLayer;
  }

  /**
   * The mean of some costs.
   *
   * @param passes at least one
   * @param weights of each; not all 0
   */
  public static PassCost mean(List<PassCost> passes, long[] weights) {
    return new PassCost(
        mean(passes, weights, PassCost::tower),
        mean(passes, weights, PassCost::towerStart),
        mean(passes, weights, PassCost::towerLayer),
        mean(passes, weights, PassCost::perLayer),
        mean(passes, weights, PassCost::exitLayer),
        mean(passes, weights, PassCost::head));
  }

  private static long mean(List<PassCost> passes, long[] weights, ToLongFunction<PassCost> part) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (double) weights[i] * part.applyAsLong(passes.get(i));
    }
    return (long) (sum / LongStream.of(weights).sum());
  }

  /** Whether it is known what the layers of the vision tower cost. */
  public boolean knowsTower() {
    return towerLayer > 0;
  }

  /** The cost of a pass through that many layers to the first token of an answer. */
  public long whole(int layers) {
    return tower + layers * perLayer + head;
  }

  /**
   * The cost of an early exit as a share of a pass through the whole model.
   *
   * @param layer the exit layer; one within the vision tower only if {@link #knowsTower}
   * @param layers of the decoder
   * @return from 0 to 1
   */
  public double share(ModelLayer layer, int layers) {
    if (layer.inTower() && !knowsTower()) {
      throw new IllegalArgumentException("What the vision tower's layers cost is not known");
    }
    if (!layer.inTower() && layer.number() >= layers) {
      throw new IllegalArgumentException(
          "The exit layer must be from 0 to " + (layers - 1) + ", not " + layer.number());
    }
    return (double) upTo(layer) / whole(layers);
  }
}
