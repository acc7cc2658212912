package io.superneurons.model.decoder.shape;

/**
 * What a layer that attends has beside its matrices.
 *
 * @param biases of its linear layers
 * @param headNorms of each head's query and key
 * @param normWeights how the weights of RMS norms are stored
 * @param outputNorms norms of what attention and MLP add
 * @param gate what attention's output is multiplied by
 * @param sight what an image's tokens see of each other
 */
public record LayerParts(
    Biases biases,
    HeadNorms headNorms,
    NormWeights normWeights,
    OutputNorms outputNorms,
    Gate gate,
    ImageSight sight) {
  /** Whether each head's query and key go through a norm. */
  public enum HeadNorms {
    NONE,
    EACH_HEAD,
    /** And each value through one without weights. */
    EACH_HEAD_AND_VALUE
  }

  /** How the weights of RMS norms are stored. */
  public enum NormWeights {
    /** As they are multiplied by. */
    WHOLE,
    /** Less one. */
    LESS_ONE
  }

  /** Where a layer has norms beside those before attention and before the MLP. */
  public enum OutputNorms {
    NONE,
    /** After attention and after the MLP, each before it is added to the residual stream. */
    BOTH,
    /** The same, and the whole layer's output is multiplied by one number, where it has one. */
    BOTH_AND_LAYER_SCALAR
  }

  /** What an image's tokens see of each other. */
  public enum ImageSight {
    /** Those before them, as text does. */
    BACKWARD,
    /** All of them. */
    BOTH_WAYS
  }

  /** What attention's output is multiplied by before the projection that follows it. */
  public enum Gate {
    NONE,
    /** The sigmoid of the second half of what q_proj gives for each head. */
    IN_QUERY_PROJECTION
  }
}
