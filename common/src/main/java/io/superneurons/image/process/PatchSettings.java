package io.superneurons.image.process;

import java.util.Locale;

/**
 * What a Qwen2-VL kind of processor cuts an image into, and how large the image may be.
 *
 * @param patchSize side of a patch, in pixels ({@code patch_size})
 * @param mergeSize side of the square of patches that becomes one token ({@code merge_size})
 * @param temporalPatchSize frames of a patch, all the same for an image ({@code
 *     temporal_patch_size})
 * @param minPixels of the resized image ({@code min_pixels} or {@code size.shortest_edge})
 * @param maxPixels of the resized image ({@code max_pixels} or {@code size.longest_edge})
 */
public record PatchSettings(
    int patchSize, int mergeSize, int temporalPatchSize, long minPixels, long maxPixels) {
  /** What {@code Qwen2VLImageProcessor} does when its configuration leaves everything out. */
  public static final PatchSettings QWEN2_VL =
      new PatchSettings(14, 2, 2, 56L * 56, 28L * 28 * 1280);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is not positive or the least exceeds the most
   */
  public PatchSettings {
    if (patchSize < 1 || mergeSize < 1 || temporalPatchSize < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "patch_size, merge_size and temporal_patch_size must be positive, got %d, %d, %d",
              patchSize,
              mergeSize,
              temporalPatchSize));
    }
    if (minPixels < 1 || maxPixels < minPixels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "min_pixels must be positive and at most max_pixels, got %d and %d",
              minPixels,
              maxPixels));
    }
  }

  /**
   * The same with other limits: what {@code --min-pixels} and {@code --max-pixels} ask for.
   *
   * @throws IllegalArgumentException if the least exceeds the most
   */
  public PatchSettings within(SizeLimits limits) {
    SizeLimits all = limits.orElse(limits());
    return new PatchSettings(
        patchSize, mergeSize, temporalPatchSize, all.leastPixels(), all.mostPixels());
  }

  /** How large images may be. */
  public SizeLimits limits() {
    return SizeLimits.ofPixels(minPixels, maxPixels);
  }

  /** Side of the square that becomes one token, in pixels; resized sides are multiples of it. */
  int factor() {
    return Math.multiplyExact(patchSize, mergeSize);
  }
}
