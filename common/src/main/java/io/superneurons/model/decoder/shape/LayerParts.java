package io.superneurons.model.decoder.shape;

/**
 * What a layer that attends has beside its matrices.
 *
 * @param biases of its linear layers
 * @param headNorms of each head's query and key
 * @param normWeights how the weights of RMS norms are stored
 * @param gate what attention's output is multiplied by
 */
public record LayerParts(Biases biases, HeadNorms headNorms, NormWeights normWeights, Gate gate) {
  /** Whether each head's query and key go through a norm. */
  public enum HeadNorms {
    NONE,
    EACH_HEAD
  }

  /** How the weights of RMS norms are stored. */
  public enum NormWeights {
    /** As they are multiplied by. */
    WHOLE,
    /** Less one. */
    LESS_ONE
  }

  /** What attention's output is multiplied by before the projection that follows it. */
  public enum Gate {
    NONE,
    /** The sigmoid of the second half of what q_proj gives for each head. */
    IN_QUERY_PROJECTION
  }
}
