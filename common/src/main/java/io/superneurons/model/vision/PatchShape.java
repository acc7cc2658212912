package io.superneurons.model.vision;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.process.PatchSettings;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;

/**
 * How an image is cut: into square patches, each repeated for the frames that a video would have,
 * and square blocks of patches, each of which becomes one of the decoder's tokens.
 *
 * @param side of a patch, in pixels
 * @param frames of a patch
 * @param merge side of a block, in patches
 */
public record PatchShape(int side, int frames, int merge) {
  private static final int CHANNELS = 3;

  public PatchShape {
    if (side < 1 || frames < 1 || merge < 1) {
      throw new ModelException(
          String.format(
                  Locale.ROOT,
                  "vision_config: patch_size %d, temporal_patch_size %d and spatial_merge_size %d"
                      + " must be",
                  side,
                  frames,
                  merge)
              + " positive");
    }
  }

  /** Reads a {@code vision_config}. */
  public static PatchShape of(Config vision, int defaultSide) {
    vision.only("in_channels", CHANNELS).only("in_chans", CHANNELS);
    return new PatchShape(
        vision.intValue("patch_size", defaultSide),
        vision.intValue("temporal_patch_size", 2),
        vision.intValue("spatial_merge_size", 2));
  }

  /** What a processor's configuration says. */
  public static PatchShape of(PatchSettings settings) {
    return new PatchShape(settings.patchSize(), settings.temporalPatchSize(), settings.mergeSize());
  }

  /** Samples of a patch, of which each frame has the same: [3, side, side]. */
  public int samples() {
    return CHANNELS * side * side;
  }

  /** Values of a patch: [3, frames, side, side]. */
  public int values() {
    return frames * samples();
  }

  /** Patches of a block. */
  public int patches() {
    return merge * merge;
  }

  /** Side of a block, in pixels: an image's height and width are multiples of it. */
  public int blockSide() {
    return side * merge;
  }
}
