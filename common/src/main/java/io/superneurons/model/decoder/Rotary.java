package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/** Cosines and sines by which tokens' positions turn queries and keys [tokens, head dim] each. */
record Rotary(Tensor cosines, Tensor sines) {}
