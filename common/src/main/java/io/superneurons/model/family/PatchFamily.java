package io.superneurons.model.family;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.family.parts.PatchImageSettings;
import io.superneurons.model.family.parts.PatchVision;
import io.superneurons.text.ImageSlot;

/** A family whose images keep their proportions, between limits of pixels ({@link PatchVision}). */
interface PatchFamily extends Family {
  @Override
  default ImageSlot imageSlot() {
    return PatchVision.SLOT;
  }

  @Override
  default SizeLimits sizeLimits(Checkpoint checkpoint, SizeLimits asked) {
    return PatchImageSettings.sizeLimits(checkpoint.imageProcessorConfig(), asked);
  }
}
