package io.superneurons.jobs;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.model.pass.PassPlan;
import java.util.List;

/** Says what a pass over some rows is to do. */
@FunctionalInterface
interface CapturePlan {
  PassPlan of(List<ManifestRow> batch);
}
