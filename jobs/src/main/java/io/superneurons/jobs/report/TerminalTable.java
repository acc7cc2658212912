package io.superneurons.jobs.report;

import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report in a few lines of text: Super Neurons beside the baselines, and by each of these
 * whether Super Neurons are better, tie or worse.
 */
final class TerminalTable {
  private static final String ABSENT = "-";

  private TerminalTable() {}

  /** A table for each set that chose nothing, with a line for each task. */
  public static String of(List<TaskResults> tasks) {
    List<Method> methods = Method.of(tasks);
    StringBuilder tables = new StringBuilder();
    for (String set : Sets.judging(tasks)) {
      List<List<String>> rows = new ArrayList<>();
      List<String> head = new ArrayList<>(List.of(Sets.title(set), "neurons", "exit layer"));
      methods.forEach(method -> head.add(method.shortTitle()));
      rows.add(head);
      tasks.forEach(task -> rows.add(row(task, set, methods)));
      tables.append(aligned(rows));
    }
    return tables.toString();
  }

  private static List<String> row(TaskResults task, String set, List<Method> methods) {
    List<String> row = new ArrayList<>();
    row.add(task.task());
    row.add(Integer.toString(task.chosen().neurons().size()));
    row.add(task.chosen().exitLayer().name());
    methods.forEach(method -> row.add(value(task, set, method)));
    return row;
  }

  private static String value(TaskResults task, String set, Method method) {
    String verdict =
        task.compared(set, method).map(test -> " " + test.verdict().label()).orElse("");
    return task.evaluation(set, method)
        .map(evaluation -> String.format(Locale.ROOT, "%.3f", evaluation.value()) + verdict)
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
