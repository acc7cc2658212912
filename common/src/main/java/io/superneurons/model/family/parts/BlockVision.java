package io.superneurons.model.family.parts;

import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.BlockImageProcessor;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.PatchLayout;
import io.superneurons.model.vision.PatchTower;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.TowerStream;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.vision.VisionWork;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The vision front of a family whose images are cut into blocks of patches, each of which becomes
 * one token, in a prompt that is written out before it is tokenised.
 *
 * @param processor cuts images into blocks
 * @param patchTower encodes them
 * @param placeholder id of the token that stands for a block
 * @param text what stands in the prompt for an image of so many blocks
 */
public record BlockVision(
    BlockImageProcessor processor,
    PatchTower patchTower,
    long placeholder,
    Function<PatchLayout.Grid, String> text)
    implements Vision {

  @Override
  public ImageInput prepare(RgbImage image) {
    PixelValues pixels = processor.process(image);
    return new ImageInput(pixels, PatchLayout.Grid.of(pixels).blocks(), image.size());
  }

  @Override
  public Optional<String> expansion(ImageInput input) {
    return Optional.of(text.apply(PatchLayout.Grid.of(input.pixels())));
  }

  @Override
  public Sequence sequence(int image, long[] promptIds, ImageInput input) {
    return ImageSlots.assign(image, promptIds, placeholder, input.features());
  }

  @Override
  public TowerShape tower() {
    return patchTower.shape().layerShape();
  }

  @Override
  public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    return patchTower.start(scope, numbers, images);
  }

  @Override
  public VisionWork work(ImageInput image) {
    return patchTower.shape().work(image);
  }
}
