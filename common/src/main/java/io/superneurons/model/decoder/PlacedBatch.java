package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/**
 * A batch and what every layer needs of it on the model's device, made once for all layers by
 * {@link Decoder#place}.
 *
 * @param images where its images' features go
 * @param rotaries of its tokens
 * @param last index of each row's last token [rows]
 * @param imageRuns start and length of each run of tokens that see each other both ways [2 * runs]
 * @param visible to all of its tokens, each a query
 * @param visibleToLast to the rows' last tokens alone
 */
public record PlacedBatch(
    PackedBatch batch,
    ImageTokens images,
    Rotaries rotaries,
    Tensor last,
    int[] imageRuns,
    Visible visible,
    Visible visibleToLast) {}
