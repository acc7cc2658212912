package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/**
 * What a layer gives that another one follows.
 *
 * @param x the residual stream after it [tokens, hidden], with what the images' features add there
 */
public record WholeLayer(Tensor x, LayerOutput output) {}
