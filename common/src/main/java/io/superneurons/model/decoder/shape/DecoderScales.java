package io.superneurons.model.decoder.shape;

import io.superneurons.model.weights.ModelException;

/**
 * What some decoders multiply by where others do not.
 *
 * @param embedding of token embeddings, not of images' features; rounded to the type that the model
 *     computes in
 * @param query of queries, beside one over the root of the head's width
 */
public record DecoderScales(double embedding, double query) {
  public DecoderScales {
    if (!(embedding > 0) || !(query > 0) || Double.isInfinite(embedding + query)) {
      throw new ModelException("text_config: query_pre_attn_scalar must be positive");
    }
  }
}
