package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.model.family.parts.PatchImageSettings;
import io.superneurons.model.family.parts.PatchVision;
import io.superneurons.text.ImageSlot;
import java.util.Optional;

/** A family whose images keep their proportions, between limits of pixels ({@link PatchVision}). */
interface PatchFamily extends Family {
  @Override
  default ImageSlot imageSlot() {
    return PatchVision.SLOT;
  }

  @Override
  default Optional<PixelLimits> pixelLimits(Checkpoint checkpoint, PixelLimits asked) {
    return Optional.of(PatchImageSettings.pixelLimits(checkpoint.imageProcessorConfig(), asked));
  }
}
