package io.superneurons.jobs.manifest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the first look at the input counts; numbers per part and per task, and of some ids.
 *
 * @param parts counts of the parts, by their index
 * @param tasks counts of the tasks that rows name, by name
 * @param badRows rows that cannot be used
 * @param firstBad the first of them; null if there is none
 * @param ids how often ids repeat, within parts and between them
 */
public record InputSummary(
    Map<Integer, Part> parts,
    Map<String, Task> tasks,
    long badRows,
    BadRow firstBad,
    SampledIds ids)
    implements Serializable {
  /**
   * Counts of a part.
   *
   * @param rows all rows
   * @param lines of its file, where those before it are not known to the part itself
   */
  record Part(long rows, long lines) implements Serializable {}

  /**
   * Counts of a task's rows that can be used.
   *
   * @param usable all of them
   * @param asked rows that have a question
   * @param open rows that have none of their own, but at most that of {@code --question}
   */
  public record Task(long usable, long asked, long open) implements Serializable {
    Task plus(Task other) {
      return new Task(usable + other.usable, asked + other.asked, open + other.open);
    }
  }

  /**
   * A row that cannot be used.
   *
   * @param part index of its part
   * @param number in its part
   */
  record BadRow(int part, long number, String problem) implements Serializable {
    private static BadRow first(BadRow one, BadRow other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      boolean isBefore =
          one.part == other.part ? one.number <= other.number : one.part < other.part;
      return isBefore ? one : other;
    }
  }

  static InputSummary none() {
    return new InputSummary(new TreeMap<>(), new TreeMap<>(), 0, null, new SampledIds());
  }

  /** The counts of both; no part is in both. */
  InputSummary plus(InputSummary other) {
    Map<Integer, Part> allParts = new TreeMap<>(parts);
    allParts.putAll(other.parts);
    Map<String, Task> allTasks = new TreeMap<>(tasks);
    other.tasks.forEach((task, counts) -> allTasks.merge(task, counts, Task::plus));
    return new InputSummary(
        allParts,
        allTasks,
        badRows + other.badRows,
        BadRow.first(firstBad, other.firstBad),
        ids.plus(other.ids));
  }

  /** The same counts, with the lines of parts as they were counted in all of the input. */
  InputSummary withLines(InputSummary all) {
    Map<Integer, Part> counted = new TreeMap<>();
    all.parts.forEach(
        (part, of) -> {
          Part own = parts.get(part);
          counted.put(part, new Part(own == null ? 0 : own.rows(), of.lines()));
        });
    return new InputSummary(counted, tasks, badRows, firstBad, ids);
  }

  /** All rows. */
  long rows() {
    return parts.values().stream().mapToLong(Part::rows).sum();
  }

  /** Rows whose id an earlier one has; of many ids, such rows of a sample. */
  long repeatedIds() {
    return ids.repeated();
  }

  /** Rows that can be used and have a question. */
  long asked() {
    return tasks.values().stream().mapToLong(Task::asked).sum();
  }
}
