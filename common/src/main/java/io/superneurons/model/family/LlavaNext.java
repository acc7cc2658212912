package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.AnyresVision;
import io.superneurons.model.family.parts.LlavaFeatures;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.MappedWeights;
import java.util.List;
import java.util.Optional;

/**
 * LLaVA-NeXT (LLaVA-1.6): a CLIP tower over the whole image and its tiles, and a decoder, such as
 * Mistral, Vicuna or Qwen2 (transformers' modeling_llava_next.py, processing_llava_next.py).
 */
final class LlavaNext implements Family {
  /** Sizes that an image is brought to where nothing says so: two to four tiles of 336. */
  private static final List<ImageSize> PINPOINTS =
      List.of(
          new ImageSize(336, 672),
          new ImageSize(672, 336),
          new ImageSize(672, 672),
          new ImageSize(1008, 336),
          new ImageSize(336, 1008));

  @Override
  public String modelType() {
    return "llava_next";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "llama", HeadTie.TOP_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return kind(checkpoint.config()).tower(checkpoint);
  }

  @Override
  public SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return kind(checkpoint.config()).sizeLimits(checkpoint, asked);
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    AnyresVision.Kind kind = kind(checkpoint.config());
    return AnyresVision.open(checkpoint, files, options, decoder(checkpoint), kind);
  }

  private static AnyresVision.Kind kind(Config config) {
    return new AnyresVision.Kind(
        "clip_vision_model",
        LlavaFeatures.of(config, -2, "default"),
        "LlavaNextImageProcessor",
        224,
        Optional.of(ImageSize.square(224)),
        PINPOINTS,
        AnyresVision.ANY_NUMBER,
        32_000);
  }
}
