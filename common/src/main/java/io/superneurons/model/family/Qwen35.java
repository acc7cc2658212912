package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.Optional;

/**
 * Qwen3.5 and Qwen3.6, dense: the tower of {@link Qwen3Vl}, of which nothing but the end feeds the
 * decoder, and a decoder in which most layers are gated delta nets (transformers'
 * modeling_qwen3_5.py; its processor is Qwen3-VL's). The weights of its multi-token prediction,
 * {@code mtp.*}, take no part in a first token.
 */
final class Qwen35 implements Family {

  @Override
  public String modelType() {
    return "qwen3_5";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "qwen3_5_text", HeadTie.TOP_LEVEL);
  }

  @Override
  public ImageSlot imageSlot() {
    return PatchVision.SLOT;
  }

  @Override
  public Optional<PixelLimits> pixelLimits(Checkpoint checkpoint, PixelLimits asked) {
    return Optional.of(PatchImageSettings.pixelLimits(checkpoint.imageProcessorConfig(), asked));
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return Qwen3Vl.shape(vision(checkpoint)).layerShape();
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    return Qwen3Vl.openVision(
        checkpoint,
        files,
        options,
        Qwen3Vl.shape(vision(checkpoint)).feeding(decoder(checkpoint)),
        new int[0]);
  }

  /** The tower's part of the configuration, of which nothing may feed the decoder's layers. */
  private static Config vision(Checkpoint checkpoint) {
    Config vision = checkpoint.config().child("vision_config");
    if (vision.ints("deepstack_visual_indexes").length > 0) {
      throw new ModelException(
          vision.file()
              + ": vision_config.deepstack_visual_indexes is not empty, which is not known for"
              + " qwen3_5");
    }
    return vision;
  }
}
