package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.rows.TaskPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear probes of some tasks on one Parquet column, which is read for all of them together.
 *
 * @param column a residual stream
 * @param tasks by index
 */
public record ProbeRequest(LayerSite column, int[] tasks) implements Serializable {
  /**
   * Puts tasks together: as many per request as memory holds, and as few as keep all cores busy.
   *
   * @param tasks by index; those that do not fit alone are left out
   * @param bytes memory for one request
   * @param pieces how many requests there should be, if there are that many tasks
   */
  public static List<ProbeRequest> plan(
      ScanPlan work,
      LayerSite column,
      List<Integer> tasks,
      ProbeRows rows,
      long bytes,
      int pieces) {
    int width = work.metadata().layout().width(column);
    int most = Math.max(1, (tasks.size() + pieces - 1) / pieces);
    List<ProbeRequest> requests = new ArrayList<>();
    List<Integer> together = new ArrayList<>();
    long held = 0;
    long fitting = 0;
    for (int task : tasks) {
      TaskPlan plan = work.plan(task);
      long own = rows.bytesHeld(plan, work.metadata().storeDType(), width);
      long fit = rows.bytesOfFit(plan, width);
      if (fixed(work) + own + fit > bytes) {
        continue;
      }
      boolean isFull = fixed(work) + held + own + Math.max(fitting, fit) > bytes;
      if (isFull || together.size() == most) {
        requests.add(of(column, together));
        together.clear();
        held = 0;
        fitting = 0;
      }
      together.add(task);
      held += own;
      fitting = Math.max(fitting, fit);
    }
    if (!together.isEmpty()) {
      requests.add(of(column, together));
    }
    return requests;
  }

  /** Memory that answering takes. */
  public long bytes(ScanPlan work, ProbeRows rows) {
    int width = work.metadata().layout().width(column);
    StoreDType dtype = work.metadata().storeDType();
    return fixed(work)
        + Arrays.stream(tasks)
            .mapToLong(task -> rows.bytesHeld(work.plan(task), dtype, width))
            .sum()
        + Arrays.stream(tasks)
            .mapToLong(task -> rows.bytesOfFit(work.plan(task), width))
            .max()
            .orElse(0);
  }

  private static long fixed(ScanPlan work) {
    return ColumnChunk.BYTES + (long) work.rows() * Integer.BYTES;
  }

  private static ProbeRequest of(LayerSite column, List<Integer> tasks) {
    return new ProbeRequest(column, tasks.stream().mapToInt(Integer::intValue).toArray());
  }
}
