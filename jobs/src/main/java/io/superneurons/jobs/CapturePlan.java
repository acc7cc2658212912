package io.superneurons.jobs;

import io.superneurons.model.Capture;
import java.util.List;

/** Says what a pass over some rows is to give. */
@FunctionalInterface
interface CapturePlan {
  Capture of(List<ManifestRow> batch);
}
