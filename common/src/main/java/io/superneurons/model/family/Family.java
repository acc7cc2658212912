package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;

/**
 * A family of vision-language models: how its configuration and tensors make a vision front and a
 * decoder. Each family has one file; {@link Families} lists them.
 */
public interface Family {
  /** {@code model_type} of config.json. */
  String modelType();

  /** How an image's place is marked in a prompt's text. */
  default ImageSlot imageSlot() {
    return ImageSlot.of("<image>");
  }

  /** Reads the decoder's geometry from config.json; opens nothing. */
  DecoderShape decoder(Checkpoint checkpoint);

  /** Reads from config.json what the tower's layers give that the model runs; opens nothing. */
  TowerShape tower(Checkpoint checkpoint);

  /**
   * The limits of prepared images' size that hold; {@link SizeLimits#OWN} where the family has none
   * that could be others.
   *
   * @param asked what replaces the checkpoint's limits, of the family's kind
   */
  default SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return SizeLimits.OWN;
  }

  /** Checks and opens as much of the vision front as the options' depth needs. */
  Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options);

  /** Checks and opens the decoder as deep as needed. */
  default Decoder openDecoder(Checkpoint checkpoint, MappedWeights files, Depth depth) {
    ModelWeights root = ModelWeights.of(checkpoint, files);
    ModelWeights text =
        root.module(
            "model.language_model",
            "language_model.model",
            "language_model",
            "model.text_model",
            "model");
    return Decoder.open(decoder(checkpoint), root, text, depth);
  }
}
