package io.superneurons.jobs.extract;

import io.superneurons.activation.Split;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.manifest.TaskContents;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the plan says of the rows: the tasks, what they ask, and their labels with counts and
 * splits, so that what was read wrong is seen before hours of work.
 *
 * @param tasks what their rows hold, by name
 * @param labelHint what to say where no row has a label
 */
record RowsOverview(Map<String, TaskContents> tasks, Supplier<Optional<String>> labelHint) {
  private static final int TASKS = 10;
  private static final int LABELS = 20;
  private static final int QUESTIONS = 3;
  private static final int QUESTION_LENGTH = 80;

  void print(PrintWriter out) {
    tasks.entrySet().stream().limit(TASKS).forEach(task -> print(task, out));
    if (tasks.size() > TASKS) {
      out.printf("  and      %s more%n", Plural.text(tasks.size() - TASKS, "task"));
    }
    boolean noLabel = tasks.values().stream().allMatch(task -> task.labels().isEmpty());
    boolean noSplit =
        tasks.values().stream().allMatch(task -> sum(task.rows()) == unsplit(task.rows()));
    if (noLabel) {
      out.printf(
          "  labels   no row has one%s%n",
          labelHint
              .get()
              .map(hint -> "; " + hint)
              .orElse("; select takes them from a table of their own: select --labels FILE"));
    } else if (noSplit) {
      out.printf(
          "  splits   no row has one; select deals the rows by image: probe 60, validation 20, test"
              + " 20 of a hundred%n");
    }
  }

  private static void print(Map.Entry<String, TaskContents> task, PrintWriter out) {
    TaskContents held = task.getValue();
    out.printf("  task     %s: %s%n", task.getKey(), counts(held.rows()));
    if (!held.questions().isEmpty()) {
      out.printf("           asks %s%n", questions(List.copyOf(held.questions())));
    }
    if (!held.labels().isEmpty()) {
      out.printf("           labels %s%n", labels(held));
    }
  }

  private static String questions(List<String> all) {
    String shown =
        all.stream()
            .limit(QUESTIONS)
            .map(question -> '"' + shortened(question) + '"')
            .collect(Collectors.joining(", "));
    return all.size() > QUESTIONS ? shown + " and others" : shown;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > QUESTION_LENGTH ? line.substring(0, QUESTION_LENGTH) + "..." : line;
  }

  private static String labels(TaskContents held) {
    String shown =
        held.labels().entrySet().stream()
            .limit(LABELS)
            .map(label -> label.getKey() + " " + counts(label.getValue()))
            .collect(Collectors.joining("; "));
    String more = held.labels().size() > LABELS ? "; and others" : "";
    String without =
        held.unlabelled() > 0 ? String.format(Locale.ROOT, "; none %,d", held.unlabelled()) : "";
    return shown + more + without;
  }

  /** Such as {@code 400 (probe 200, validation 100, test 100)}. */
  private static String counts(long[] bySplit) {
    long all = sum(bySplit);
    if (all == unsplit(bySplit)) {
      return String.format(Locale.ROOT, "%,d", all);
    }
    StringBuilder counts = new StringBuilder();
    for (int split = 0; split < bySplit.length; split++) {
      if (bySplit[split] > 0) {
        counts.append(counts.isEmpty() ? "" : ", ");
        String name = split == TaskContents.UNSPLIT ? "no split" : Split.NAMES.get(split);
        counts.append(String.format(Locale.ROOT, "%s %,d", name, bySplit[split]));
      }
    }
    return String.format(Locale.ROOT, "%,d (%s)", all, counts);
  }

  private static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  private static long unsplit(long[] counts) {
    return counts[TaskContents.UNSPLIT];
  }
}
