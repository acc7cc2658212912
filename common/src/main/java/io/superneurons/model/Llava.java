package io.superneurons.model;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.ClipImageProcessor;
import io.superneurons.image.RgbImage;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;

/**
 * LLaVA-1.5: a CLIP or SigLIP tower, a two-layer projector and a decoder (transformers'
 * modeling_llava.py, processing_llava.py; arXiv 2310.03744).
 */
final class Llava implements Family {

  @Override
  public String modelType() {
    return "llava";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    return DecoderShape.of(checkpoint.config(), checkpoint.config().child("text_config"));
  }

  @Override
  public ImageSlot imageSlot(Checkpoint checkpoint) {
    return ImageSlot.of(checkpoint.processorConfig().string("image_token", "<image>"));
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files) {
    Config config = checkpoint.config();
    VitShape shape = VitShape.of(config.child("vision_config"));
    int[] featureLayers = featureLayers(config);
    int skip = classTokenSkip(config);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    ModelWeights tower =
        root.module(
            "vision_tower.vision_model",
            "vision_tower",
            "model.vision_tower.vision_model",
            "model.vision_tower");
    ModelWeights projector = root.module("multi_modal_projector", "model.multi_modal_projector");
    ClipImageProcessor processor =
        new ClipImageProcessor(ImageSettings.of(checkpoint.imageProcessorConfig()));
    return new LlavaVision(
        processor,
        shape,
        shape.tokens() - skip,
        config.intValue("image_token_index", config.intValue("image_token_id", 32_000)),
        files,
        VitTower.open(shape, tower, featureLayers, skip),
        Projector.open(
            projector,
            shape.hidden() * featureLayers.length,
            decoder(checkpoint).hidden(),
            config.string("projector_hidden_act", "gelu")));
  }

  @Override
  public Decoder openDecoder(Checkpoint checkpoint, MappedWeights files, Depth depth) {
    ModelWeights root = ModelWeights.of(checkpoint, files);
    ModelWeights text =
        root.module("language_model.model", "model.language_model", "language_model");
    return Decoder.open(decoder(checkpoint), root, text, depth);
  }

  /** One hidden state of the tower, or several side by side. */
  private static int[] featureLayers(Config config) {
    return config.isArray("vision_feature_layer")
        ? config.ints("vision_feature_layer")
        : new int[] {config.intValue("vision_feature_layer", -2)};
  }

  private static int classTokenSkip(Config config) {
    String strategy = config.string("vision_feature_select_strategy", "default");
    return switch (strategy) {
      case "default" -> 1;
      case "full" -> 0;
      default ->
          throw new ModelException(
              "config.json: vision_feature_select_strategy '"
                  + strategy
                  + "' is not supported; default and full are");
    };
  }

  private record LlavaVision(
      ClipImageProcessor processor,
      VitShape shape,
      int features,
      long placeholder,
      MappedWeights files,
      VitTower tower,
      Projector projector)
      implements Vision {

    @Override
    public ImageInput prepare(RgbImage image) {
      return new ImageInput(processor.process(image), features);
    }

    @Override
    public Sequence sequence(int image, long[] promptIds, ImageInput input) {
      return ImageSlots.expand(image, promptIds, placeholder, input.features());
    }

    @Override
    public Tensor encode(TensorScope scope, List<ImageInput> images) {
      try (TensorScope work = new TensorScope()) {
        Tensor pixels = files.place(work, PixelBatch.stack(work, images, shape.imageSize()));
        return projector.project(scope, tower.encode(work, pixels));
      }
    }

    @Override
    public void close() {
      tower.close();
      projector.close();
    }
  }
}
