package io.superneurons.jobs.pass;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.model.pass.PassPlan;
import java.util.List;

/** Says what a pass over some rows is to do. */
@FunctionalInterface
public interface CapturePlan {
  PassPlan of(List<ManifestRow> batch);
}
