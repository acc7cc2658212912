package io.superneurons.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report in a few lines of text: Super Neurons beside the model's own answer. */
final class TerminalTable {
  private static final String ABSENT = "-";

  private TerminalTable() {}

  /** A line for each task, with the sets that chose nothing side by side. */
  public static String of(List<TaskResults> tasks) {
    List<String> sets = Sets.judging(tasks);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("task", "neurons", "exit layer"));
    for (String set : sets) {
      head.add(Sets.title(set));
      head.add("own answer");
    }
    rows.add(head);
    tasks.forEach(task -> rows.add(row(task, sets)));
    return aligned(rows);
  }

  private static List<String> row(TaskResults task, List<String> sets) {
    List<String> row = new ArrayList<>();
    row.add(task.task());
    row.add(Integer.toString(task.chosen().neurons().size()));
    row.add(task.chosen().exitLayer().name());
    for (String set : sets) {
      row.add(value(task, set, Method.SUPER_NEURONS));
      row.add(value(task, set, Method.MODEL_ANSWER));
    }
    return row;
  }

  private static String value(TaskResults task, String set, Method method) {
    return task.evaluation(set, method)
        .map(evaluation -> String.format(Locale.ROOT, "%.3f", evaluation.value()))
        .orElse(ABSENT);
  }

  /** The first column to the left, numbers to the right. */
  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElseThrow();
        String padding = " ".repeat(width - row.get(column).length());
        text.append("  ").append(column == 0 ? row.get(0) + padding : padding + row.get(column));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
