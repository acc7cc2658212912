package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.MappedWeights;

/**
 * Qwen3.5 and Qwen3.6, dense or with experts: the tower of {@link Qwen3Vl}, of which nothing but
 * the end feeds the decoder, and a decoder in which most layers are gated delta nets (transformers'
 * modeling_qwen3_5.py, modeling_qwen3_5_moe.py; its processor is Qwen3-VL's). The weights of its
 * multi-token prediction, {@code mtp.*}, take no part in a first token.
 */
record Qwen35(String modelType) implements PatchFamily {
  private static final int PLACEHOLDER = 248_056;

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(
        config, config.child("text_config"), modelType + "_text", HeadTie.TOP_LEVEL);
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
        new int[0],
        PLACEHOLDER);
  }

  /** The tower's part of the configuration; {@code deepstack_visual_indexes} is not looked at. */
  private static Config vision(Checkpoint checkpoint) {
    return checkpoint.config().child("vision_config");
  }
}
