package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/**
 * Where images' features go.
 *
 * @param slots indices of image tokens [slots]
 * @param sources which row of the features goes there [slots]
 */
record ImageTokens(ImageFeatures features, Tensor slots, Tensor sources) {}
