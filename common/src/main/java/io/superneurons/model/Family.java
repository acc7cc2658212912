package io.superneurons.model;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;

/**
 * A family of vision-language models: how its configuration and tensors make a vision front and a
 * decoder. One file a family; {@link Families} lists them.
 */
interface Family {
  /** {@code model_type} of config.json. */
  String modelType();

  /** How an image's place is marked in a prompt's text. */
  default ImageSlot imageSlot() {
    return ImageSlot.of("<image>");
  }

  /** Reads the decoder's geometry from config.json; opens nothing. */
  DecoderShape decoder(Checkpoint checkpoint);

  /** Checks and opens the vision front. */
  Vision openVision(Checkpoint checkpoint, MappedWeights files);

  /** Checks and opens the decoder as deep as needed. */
  Decoder openDecoder(Checkpoint checkpoint, MappedWeights files, Depth depth);
}
