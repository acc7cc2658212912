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

  /** The first column to the left, numbers to the right, and a rule below the names. */
  private static String aligned(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElseThrow());
    }
    StringBuilder text = new StringBuilder();
    addLine(text, rows.get(0), widths);
    addLine(text, widths.stream().map("-"::repeat).toList(), widths);
    rows.subList(1, rows.size()).forEach(row -> addLine(text, row, widths));
    return text.append(System.lineSeparator()).toString();
  }

  private static void addLine(StringBuilder text, List<String> row, List<Integer> widths) {
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(widths.get(column) - row.get(column).length());
      text.append(column == 0 ? "  " : " | ")
          .append(column == 0 ? row.get(0) + padding : padding + row.get(column));
    }
    text.append(System.lineSeparator());
  }
}
