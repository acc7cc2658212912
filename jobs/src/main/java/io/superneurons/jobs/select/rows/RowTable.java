package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Split;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All labelled rows in their canonical order, task by task; a row's place here is its row in a
 * scan. Of each row only some numbers are held, so that millions of rows take tens of megabytes of
 * the driver's memory.
 *
 * @param tasks the tasks, in order of their names
 * @param files which row of which file becomes which row of the table
 * @param imagesOnBothSides how many images stand in more than one of a task's own sets, by task
 */
public record RowTable(
    List<LabelledTask> tasks, List<FileRows> files, Map<String, Integer> imagesOnBothSides) {
  /**
   * Orders and checks the rows.
   *
   * @throws ConfigurationException if a task cannot be selected for, naming it
   */
  public static RowTable of(List<LabelledRow> unordered, Sets sets) {
    List<LabelledRow> rows = unordered.stream().sorted(LabelledRow.ORDER).toList();
    requireDistinct(rows, sets);
    Map<String, List<LabelledRow>> byTask = new TreeMap<>();
    rows.forEach(row -> byTask.computeIfAbsent(row.task(), t -> new ArrayList<>()).add(row));
    List<LabelledTask> tasks = new ArrayList<>();
    int start = 0;
    for (Map.Entry<String, List<LabelledRow>> own : byTask.entrySet()) {
      TaskRows task = taskRows(own.getKey(), own.getValue(), sets);
      tasks.add(new LabelledTask(task, TaskWords.of(task.labels(), own.getValue()), start));
      start += task.size();
    }
    return new RowTable(List.copyOf(tasks), FileRows.of(rows), imagesOnBothSides(rows));
  }

  /** How many rows there are. */
  public int rows() {
    return tasks.stream().mapToInt(task -> task.rows().size()).sum();
  }

  private static void requireDistinct(List<LabelledRow> rows, Sets sets) {
    Set<String> own = new HashSet<>();
    LabelledRow previous = null;
    for (LabelledRow row : rows) {
      if (previous == null || !previous.task().equals(row.task())) {
        own.clear();
      }
      boolean same = previous != null && LabelledRow.ORDER.compare(previous, row) == 0;
      boolean isOwn = row.set() < Split.NAMES.size();
      if (same || isOwn && !own.add(row.id())) {
        throw new ConfigurationException(
            String.format(
                "Task '%s' has row '%s' more than once (set %s, %s): is a folder given twice?",
                row.task(), row.id(), sets.name(row.set()), row.file()));
      }
      previous = row;
    }
  }

  private static TaskRows taskRows(String task, List<LabelledRow> rows, Sets sets) {
    List<String> labels = labels(task, rows);
    Map<String, Integer> indexes = new HashMap<>();
    labels.forEach(label -> indexes.put(label, indexes.size()));
    int[] given = new int[rows.size()];
    int[] images = new int[rows.size()];
    Map<String, Integer> numbers = new HashMap<>();
    int[] setStarts = new int[sets.size() + 1];
    for (int i = 0; i < given.length; i++) {
      LabelledRow row = rows.get(i);
      Integer index = indexes.get(row.label());
      if (index == null) {
        throw new ConfigurationException(
            String.format(
                "Task '%s': row '%s' of set %s has label '%s', which no probing row has; those"
                    + " have %s",
                task, row.id(), sets.name(row.set()), row.label(), labels));
      }
      given[i] = index;
      images[i] = numbers.computeIfAbsent(row.imageOrId(), image -> numbers.size());
      setStarts[row.set() + 1]++;
    }
    for (int set = 0; set < sets.size(); set++) {
      setStarts[set + 1] += setStarts[set];
    }
    return new TaskRows(task, labels, given, images, setStarts);
  }

  private static List<String> labels(String task, List<LabelledRow> rows) {
    Map<String, String> byLooseName = new TreeMap<>();
    Set<String> labels = new TreeSet<>();
    for (LabelledRow row : rows) {
      String other = byLooseName.putIfAbsent(row.looseLabel(), row.label());
      if (other != null && !other.equals(row.label())) {
        throw new ConfigurationException(
            String.format(
                "Task '%s' has labels '%s' and '%s', which differ only in case or spaces, or in how"
                    + " the same characters or number are written (row '%s'): spell them alike in the manifest",
                task, other, row.label(), row.id()));
      }
      if (row.isProbing()) {
        labels.add(row.label());
      }
    }
    if (labels.size() < 2) {
      throw new ConfigurationException(
          String.format(
              "Task '%s' has %s among its probing rows (split 'probe', or none): selection needs"
                  + " two labels; name other tasks with --tasks, or add rows",
              task,
              labels.isEmpty() ? "no label" : "one label, '" + labels.iterator().next() + "'"));
    }
    return List.copyOf(labels);
  }

  private static Map<String, Integer> imagesOnBothSides(List<LabelledRow> rows) {
    Map<String, Integer> setOfImage = new HashMap<>();
    Map<String, Set<String>> shared = new TreeMap<>();
    String task = null;
    for (LabelledRow row : rows) {
      if (!row.task().equals(task)) {
        task = row.task();
        setOfImage.clear();
      }
      if (row.image() == null || row.set() >= Split.NAMES.size()) {
        continue;
      }
      Integer other = setOfImage.putIfAbsent(row.image(), row.set());
      if (other != null && other != row.set()) {
        shared.computeIfAbsent(row.task(), t -> new HashSet<>()).add(row.image());
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    shared.forEach((name, images) -> counts.put(name, images.size()));
    return counts;
  }
}
