package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.ClipImageProcessor;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.HeadTie;
import io.superneurons.model.family.parts.ImageSettings;
import io.superneurons.model.family.parts.ImageSlots;
import io.superneurons.model.family.parts.LlavaFeatures;
import io.superneurons.model.family.parts.Projector;
import io.superneurons.model.vision.Connector;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
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
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "llama", HeadTie.EITHER_LEVEL);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return features(checkpoint).output().layerShape(shape(checkpoint));
  }

  private static VitShape shape(Checkpoint checkpoint) {
    return VitShape.of(checkpoint.config().child("vision_config"), "clip_vision_model");
  }

  private static LlavaFeatures features(Checkpoint checkpoint) {
    return LlavaFeatures.of(checkpoint.config(), -2, "default");
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    VitShape shape = shape(checkpoint);
    LlavaFeatures features = features(checkpoint);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    return new LlavaVision(
        new ClipImageProcessor(ImageSettings.of(checkpoint.imageProcessorConfig())),
        features.tokens(shape),
        LlavaFeatures.placeholder(config, 32_000),
        features.openTower(shape, root, options),
        tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : connector(features.openProjector(config, shape, root, decoder(checkpoint).hidden())));
  }

  private static Connector connector(Projector projector) {
    return (scope, patches, images) -> ImageFeatures.of(projector.project(scope, patches));
  }

  private record LlavaVision(
      ClipImageProcessor processor,
      int features,
      long placeholder,
      VitTower vit,
      TowerShape tower,
      Connector connector)
      implements Vision {

    @Override
    public ImageInput prepare(RgbImage image) {
      return new ImageInput(processor.process(image), features, image.size());
    }

    @Override
    public Sequence sequence(int image, long[] promptIds, ImageInput input) {
      return ImageSlots.expand(image, promptIds, placeholder, input.features());
    }

    @Override
    public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
      return vit.startWhole(scope, numbers, images, connector);
    }

    @Override
    public VisionWork work(ImageInput image) {
      return vit.workOfWhole();
    }
  }
}
