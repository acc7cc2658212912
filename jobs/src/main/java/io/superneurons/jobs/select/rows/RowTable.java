package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final int UNSEEN = -1;

  /**
   * Orders and checks the rows.
   *
   * @param blocks the rows; their texts are numbered anew, so that each is held once
   * @throws ConfigurationException if a task cannot be selected for, naming it
   */
  public static RowTable of(List<RowBlock> blocks, Sets sets) {
    Texts texts = new Texts();
    Map<String, String> questions = new HashMap<>();
    for (RowBlock block : blocks) {
      block.renumber(texts);
      block.addQuestions(questions);
    }
    List<OrderedTask> ordered = OrderedTask.all(blocks, sets.size());
    ordered.forEach(task -> task.requireDistinct(sets, texts));
    List<LabelledTask> tasks = new ArrayList<>();
    Map<String, Integer> bothSides = new TreeMap<>();
    int start = 0;
    for (OrderedTask own : ordered) {
      TaskRows task = taskRows(own, sets, texts);
      TaskWords words = TaskWords.of(task.labels(), questions.get(own.name()), own, texts);
      tasks.add(new LabelledTask(task, words, start));
      int shared = own.imagesOnBothSides(task.images());
      if (shared > 0) {
        bothSides.put(own.name(), shared);
      }
      start = Math.addExact(start, task.size());
    }
    return new RowTable(List.copyOf(tasks), FileRows.of(ordered, texts), bothSides);
  }

  /** How many rows there are. */
  public int rows() {
    return tasks.stream().mapToInt(task -> task.rows().size()).sum();
  }

  private static TaskRows taskRows(OrderedTask task, Sets sets, Texts texts) {
    List<String> labels = labels(task, texts);
    int[] indexes = new int[texts.size()];
    Arrays.fill(indexes, UNSEEN);
    for (int label = 0; label < labels.size(); label++) {
      indexes[texts.number(labels.get(label))] = label;
    }
    int[] given = new int[task.size()];
    for (int row = 0; row < given.length; row++) {
      given[row] = indexes[task.label(row)];
      if (given[row] == UNSEEN) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "Task '%s': row '%s' of set %s has label '%s', which no probing row has; those"
                    + " have %s; add probing rows with it, take such rows out, or deal rows anew"
                    + " with --split-by image",
                task.name(),
                task.id(row),
                sets.name(task.set(row)),
                texts.text(task.label(row)),
                labels));
      }
    }
    return new TaskRows(task.name(), labels, given, task.images(), task.setStarts());
  }

  private static ConfigurationException alike(OrderedTask task, int row, String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "Task '%s' has labels '%s' and '%s', which differ only in case or spaces, or in how the"
                + " same characters or number are written (from character %d on: %s, %s; row '%s'):"
                + " spell them alike in the manifest",
            task.name(),
            one,
            other,
            at + 1,
            character(one, at),
            character(other, at),
            task.id(row)));
  }

  private static String character(String text, int at) {
    return at == text.length()
        ? "nothing"
        : String.format(Locale.ROOT, "U+%04X", text.codePointAt(at));
  }

  private static List<String> labels(OrderedTask task, Texts texts) {
    Map<String, String> byLooseName = new TreeMap<>();
    TreeSet<String> probing = new TreeSet<>();
    boolean[] seen = new boolean[texts.size()];
    int probingRows = task.setStarts()[TaskRows.PROBE + 1];
    for (int row = 0; row < task.size(); row++) {
      if (seen[task.label(row)]) {
        continue;
      }
      seen[task.label(row)] = true;
      String label = texts.text(task.label(row));
      for (String loose : LooseLabel.of(label)) {
        String other = byLooseName.putIfAbsent(loose, label);
        if (other != null) {
          throw alike(task, row, other, label);
        }
      }
      if (row < probingRows) { // these are the first rows
        probing.add(label);
      }
    }
    if (probing.size() < 2) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Task '%s' has %s among its probing rows (split 'probe', or none): selection needs"
                  + " two labels; name other tasks with --tasks, or add rows",
              task.name(),
              probing.isEmpty() ? "no label" : "one label, '" + probing.first() + "'"));
    }
    return List.copyOf(probing);
  }
}
