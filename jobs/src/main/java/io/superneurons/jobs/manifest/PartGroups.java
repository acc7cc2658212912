package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.InputPart;
import java.util.ArrayList;
import java.util.List;

/** How many Spark tasks go through the input; nothing but the time that it takes depends on it. */
final class PartGroups {
  private static final long BYTES_PER_TASK = 64L << 20;

  /** What opening a file costs, in bytes that could be read meanwhile. */
  private static final long BYTES_PER_PART = 1L << 20;

  private static final long ROWS_PER_TASK = 25_000;
  private static final long FEW_ROWS = 1_000;

  private PartGroups() {}

  /** The index after the last part of each Spark task, which reads neighbours. */
  static int[] ends(List<InputPart> parts, int parallelism) {
    long total = parts.stream().mapToLong(PartGroups::cost).sum();
    long share = Math.min(BYTES_PER_TASK, total / Math.max(1, parallelism) + 1);
    List<Integer> ends = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum += cost(parts.get(i));
      if (sum >= share || i == parts.size() - 1) {
        ends.add(i + 1);
        sum = 0;
      }
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  private static long cost(InputPart part) {
    return Math.min(part.bytes(), BYTES_PER_TASK) + BYTES_PER_PART;
  }

  /** Spark tasks for so many rows of metadata. */
  static int ofRows(long rows, int parallelism) {
    long byCores = Math.min(parallelism, 1 + rows / FEW_ROWS);
    return Math.toIntExact(Math.max(byCores, 1 + rows / ROWS_PER_TASK));
  }
}
