package io.superneurons.jobs.select;

import io.superneurons.jobs.select.choose.OpenTask;
import io.superneurons.jobs.select.size.SizePlan;
import io.superneurons.jobs.select.size.TriedSize;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What select's terminal says of the sizes of images that were compared: a table. */
final class SizeLines {
  private static final String CHOSEN = "  <- chosen";

  private SizeLines() {}

  static List<String> of(SizePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "select: %d sizes of images on the same rows; the cheapest that makes no task worse than"
                + " a costlier one beyond --tolerance: %s",
            plan.sizes().size(),
            plan.sizes().get(plan.chosen()).text()));
    List<OpenTask> tasks = plan.opened().tasks();
    String metric = tasks.get(0).plan().metric().label().replace('_', ' ');
    int width = tasks.stream().mapToInt(task -> name(task).length()).max().orElseThrow();
    int sizes = plan.sizes().stream().mapToInt(s -> s.text().length()).max().orElseThrow();
    String row = "  %-" + width + "s  %-" + sizes + "s  %5s  %5s  %-14s  %s";
    lines.add(String.format(Locale.ROOT, row, "task", "images of", "exit", "cost", "95%", metric));
    for (int task = 0; task < tasks.size(); task++) {
      for (int size = 0; size < plan.sizes().size(); size++) {
        lines.add(line(plan, tasks.get(task), task, size, row));
      }
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "  cost: share of a whole pass at the costliest size, by the tokens of %s; %s on rows"
                + " that had no say in the choice",
            plan.ofRows() ? "the rows that were run" : "an image of 640 x 480 pixels",
            metric));
    return lines;
  }

  private static String line(SizePlan plan, OpenTask task, int number, int size, String row) {
    TriedSize tried = plan.sizes().get(size);
    Optional<TriedSize.Found> found = tried.found().get(number);
    double score = found.map(TriedSize.Found::heldOut).orElse(Double.NaN);
    return String.format(
            Locale.ROOT,
            row,
            name(task),
            tried.text(),
            found.map(one -> one.exit().name()).orElse("-"),
            found
                .map(one -> String.format(Locale.ROOT, "%.1f%%", 100 * plan.share(tried, one)))
                .orElse("-"),
            found.isPresent() ? interval(task, score) : "-",
            found.isPresent() ? String.format(Locale.ROOT, "%.3f", score) : "no neuron varies")
        + (size == plan.chosen() ? CHOSEN : "");
  }

  private static String name(OpenTask task) {
    return task.plan().rows().task();
  }

  /** Of a share of right rows; other metrics have none. */
  private static String interval(OpenTask task, double score) {
    if (task.plan().metric() != Metric.ACCURACY) {
      return "-";
    }
    int images = task.plan().rows().ofDistinctImages(task.plan().choosingRows()).length;
    Wilson interval = Wilson.of(score, images);
    return String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
  }
}
