package io.superneurons.jobs.manifest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is counted of planned rows; sums but for names.
 *
 * @param rows rows of this run, with those that are done
 * @param skipped rows that are not for this run
 * @param images distinct images
 * @param pending rows to do
 * @param known what the output folder holds already of all rows
 * @param tasks what the rows of each task hold, by its name
 * @param stretches how many rows to do stand in each stretch of the input, by its index
 * @param inputRows all rows of the input
 */
public record PlanCounts(
    long rows,
    long skipped,
    long images,
    long pending,
    KnownRows known,
    Map<String, TaskContents> tasks,
    Map<Integer, Long> stretches,
    long inputRows)
    implements Serializable {

  static PlanCounts none(long inputRows) {
    return new PlanCounts(0, 0, 0, 0, KnownRows.NONE, new TreeMap<>(), new TreeMap<>(), inputRows);
  }

  PlanCounts plus(PlanCounts other) {
    Map<String, TaskContents> allTasks = new TreeMap<>(tasks);
    other.tasks.forEach((task, held) -> allTasks.merge(task, held, TaskContents::plus));
    Map<Integer, Long> all = new TreeMap<>(stretches);
    other.stretches.forEach((stretch, count) -> all.merge(stretch, count, Long::sum));
    return new PlanCounts(
        rows + other.rows,
        skipped + other.skipped,
        images + other.images,
        pending + other.pending,
        known.plus(other.known),
        allTasks,
        all,
        inputRows);
  }

  /** How the rows to do are cut into so many pieces. */
  Cuts cuts(int pieces) {
    return Cuts.of(stretches, inputRows, pieces);
  }
}
