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
import io.superneurons.model.family.parts.PixelShuffle;
import io.superneurons.model.vision.Connector;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.model.vision.VitOutput;
import io.superneurons.model.vision.VitShape;
import io.superneurons.model.vision.VitTower;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gemma 3: a SigLIP tower whose patches are averaged in squares, and a decoder with a norm on both
 * sides of attention and MLP, windows in most layers, and image tokens that see each other both
 * ways (transformers' modeling_gemma3.py, processing_gemma3.py; arXiv 2503.19786).
 */
final class Gemma3 implements Family {
  private static final String BEGIN = "<start_of_image>";

  @Override
  public String modelType() {
    return "gemma3";
  }

  @Override
  public ImageSlot imageSlot() {
    return ImageSlot.of(BEGIN);
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(
        config, config.child("text_config"), "gemma3_text", HeadTie.TOP_LEVEL_OR_TIED);
  }

  @Override
  public TowerShape tower(Checkpoint checkpoint) {
    return VitOutput.normed().layerShape(shape(checkpoint));
  }

  private static VitShape shape(Checkpoint checkpoint) {
    return VitShape.of(checkpoint.config().child("vision_config"), "siglip_vision_model");
  }

  @Override
  public Vision openVision(Checkpoint checkpoint, MappedWeights files, ModelOptions options) {
    Config config = checkpoint.config();
    VitShape shape = shape(checkpoint);
    int tokens = config.intValue("mm_tokens_per_image", 256);
    ModelWeights root = ModelWeights.of(checkpoint, files);
    ModelWeights tower = LlavaFeatures.towerWeights(root);
    return new Gemma3Vision(
        new ClipImageProcessor(ImageSettings.gemma3(checkpoint.imageProcessorConfig())),
        tokens,
        LlavaFeatures.placeholder(config, 262_144),
        VitTower.open(shape, tower, VitOutput.normed(), options),
        tower(checkpoint),
        options.depth().inTower()
            ? Connector.none()
            : connector(root, shape, tokens, decoder(checkpoint).hidden()));
  }

  /** Squares of patches are averaged, normed and projected. */
  private static Connector connector(ModelWeights root, VitShape shape, int tokens, int hidden) {
    int square = patchesOfSquare(shape, tokens);
    PixelShuffle squares =
        PixelShuffle.openAverage(
            root.module("multi_modal_projector", "model.multi_modal_projector")
                .request()
                .need("mm_soft_emb_norm.weight", shape.hidden())
                .need("mm_input_projection_weight", shape.hidden(), hidden),
            square);
    return (scope, patches, images) ->
        ImageFeatures.of(squares.average(scope, patches, shape.eps()));
  }

  /**
   * Patches along each side of the square that becomes one token. Rows and columns of patches that
   * fill no square at the right and below are left out, as in transformers.
   */
  private static int patchesOfSquare(VitShape shape, int tokens) {
    int side = (int) Math.sqrt(tokens);
    int patches = shape.patchesPerSide();
    int square = side < 1 ? 0 : patches / side;
    if (side * side != tokens || square < 1 || patches / square != side) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "config.json: mm_tokens_per_image %d does not make squares of %d by %d patches",
              tokens,
              patches,
              patches));
    }
    return square;
  }

  private record Gemma3Vision(
      ClipImageProcessor processor,
      int tokens,
      long placeholder,
      VitTower vit,
      TowerShape tower,
      Connector connector)
      implements Vision {

    @Override
    public ImageInput prepare(RgbImage image) {
      return new ImageInput(processor.process(image), tokens, image.size());
    }

    /** {@code full_image_sequence} of processing_gemma3.py. */
    @Override
    public Optional<String> expansion(ImageInput input) {
      return Optional.of(
          "\n\n" + BEGIN + "<image_soft_token>".repeat(tokens) + "<end_of_image>\n\n");
    }

    @Override
    public Sequence sequence(int image, long[] promptIds, ImageInput input) {
      return ImageSlots.assign(image, promptIds, placeholder, input.features());
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
