package io.superneurons.jobs.pass;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.model.pass.PassPlan;
import java.util.List;

/** Decides what a pass over some rows is to do. */
@FunctionalInterface
public interface CapturePlan {
  /**
   * Plans a pass; again if it failed and is tried with fewer rows.
   *
   * @param batch the objects that the sink receives afterwards
   */
  PassPlan plan(List<ManifestRow> batch);
}
