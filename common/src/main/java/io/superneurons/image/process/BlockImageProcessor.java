package io.superneurons.image.process;

import io.superneurons.image.ImageException;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;

/**
 * Resizes an image to whole blocks of patches by a rule and cuts it into these: Gemma 4's and
 * Pixtral's processors ({@code Gemma4ImageProcessor}, which has the patches row by row and padded,
 * and {@code PixtralImageProcessor}, which leaves the cutting to the model, of transformers 5.23).
 * Thread-safe.
 *
 * @param rule whose sizes have sides that are multiples of a block's
 */
public record BlockImageProcessor(ResizeRule rule, Resizer resizer, PatchCutter cutter) {
  /**
   * The image as the vision tower takes it [block rows, block columns, patches of a block,
   * samples].
   *
   * @throws ImageException if the rule has no size for the image
   */
  public PixelValues process(RgbImage image) {
    RgbImage resized = resizer.resize(image, rule.target(image.size()));
    return cutter.cut(
        resized,
        resized.height() / cutter.blockSide(),
        resized.width() / cutter.blockSide(),
        cutter.block() * cutter.block(),
        cutter.samples());
  }
}
