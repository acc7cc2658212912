package io.superneurons.model.decoder.shape;

import io.superneurons.model.weights.ModelException;

/**
 * What some decoders multiply by where others do not.
 *
 * @param embedding of token embeddings, not of images' features; rounded to the type that the model
 *     computes in
 * @param query one over the root of which queries are multiplied by; 0 for the head's width
 * @param logitBound what logits stay below, by a tanh; 0 for none
 */
public record DecoderScales(double embedding, double query, double logitBound) {
  public DecoderScales {
    if (!(embedding > 0) || !(query >= 0) || Double.isInfinite(embedding + query)) {
      throw new ModelException("text_config: query_pre_attn_scalar must be positive");
    }
    if (!(logitBound >= 0) || Double.isInfinite(logitBound)) {
      throw new ModelException("text_config: final_logit_softcapping must be positive");
    }
  }

  /** What queries are multiplied by beside one over the root of the head's width. */
  public double query(int headDim) {
    return query == 0 ? 1 : Math.sqrt(headDim / query);
  }
}
