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
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.MappedWeights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * LLaVA-OneVision: a SigLIP tower over the whole image and its tiles, whose features are made fewer
 * where they are too many, and a Qwen2 decoder (transformers' modeling_llava_onevision.py,
 * processing_llava_onevision.py; arXiv 2408.03326).
 */
final class LlavaOnevision implements Family {
  private static final Pattern ASPECT_RATIO = Pattern.compile("anyres_max_([1-9]\\d{0,3})");

  /** Side of a tile where the configuration says nothing. */
  private static final int TILE = 384;

  /** Rows and columns of tiles that a configuration without pinpoints allows. */
  private static final int MOST_TILES_A_SIDE = 6;

  @Override
  public String modelType() {
    return "llava_onevision";
  }

  @Override
  public DecoderShape decoder(Checkpoint checkpoint) {
    Config config = checkpoint.config();
    return DecoderShape.of(config, config.child("text_config"), "qwen2", HeadTie.EITHER_LEVEL);
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
        "siglip_vision_model",
        LlavaFeatures.of(config, -1, "full"),
        "LlavaOnevisionImageProcessor",
        TILE,
        Optional.empty(),
        allGrids(),
        mostTiles(config),
        151_646);
  }

  private static int mostTiles(Config config) {
    String aspectRatio = config.string("vision_aspect_ratio", "anyres_max_9");
    Matcher matcher = ASPECT_RATIO.matcher(aspectRatio);
    if (!matcher.matches()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "config.json: vision_aspect_ratio '%s' is not supported; anyres_max_N is",
              aspectRatio));
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static List<ImageSize> allGrids() {
    return IntStream.rangeClosed(1, MOST_TILES_A_SIDE)
        .boxed()
        .flatMap(
            rows ->
                IntStream.rangeClosed(1, MOST_TILES_A_SIDE)
                    .mapToObj(columns -> new ImageSize(rows * TILE, columns * TILE)))
        .toList();
  }
}
