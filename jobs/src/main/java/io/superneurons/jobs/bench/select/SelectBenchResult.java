package io.superneurons.jobs.bench.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.JsonFormat;
import io.superneurons.activation.Names;
import io.superneurons.jobs.bench.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the benchmark of select found; the content of its JSON file. Times are in seconds.
 *
 * @param plan what was selected from
 * @param hardware the machine
 * @param cores that Spark used
 * @param bytes of activations
 * @param systemLoad average number of processes that wanted to run, before and after
 * @param sparkStartSeconds until Spark's session was open; part of no other time
 * @param selectSeconds all of select
 * @param phases what Spark worked at within it, by name
 * @param peakResidentBytes the most memory that this process held while it selected
 * @param peakLiveBytes the most of Java's heap that was in use after a collection meanwhile
 * @param maxHeapBytes the most that Java's heap may take
 * @param found what came of the planted neurons
 * @param numpy what the NumPy program took and how its numbers agree; null without it
 * @param ratios NumPy's time over that of the scan, and over that of all of select
 */
record SelectBenchResult(
    SelectBenchPlan plan,
    Hardware hardware,
    int cores,
    long bytes,
    List<Double> systemLoad,
    double sparkStartSeconds,
    double selectSeconds,
    Map<String, Double> phases,
    long peakResidentBytes,
    long peakLiveBytes,
    long maxHeapBytes,
    Found found,
    JsonNode numpy,
    Map<String, Double> ratios) {
  /** Name of the phase that scores every neuron on every task. */
  static final String SCAN = "select: score every neuron";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons-bench-select", 1);
  private static final double GIB = 1L << 30;

  /**
   * What came of the planted neurons.
   *
   * @param planted how many there are
   * @param significant of those, with a q-value below 0.05 in their task
   * @param othersSignificant neurons that were not planted with a q-value below 0.05
   * @param voting all tasks' Super Neurons
   * @param selected of those, planted for their task
   * @param withinExit planted neurons of layers up to their task's exit layer: only these may vote
   */
  record Found(
      int planted,
      long significant,
      long othersSignificant,
      long voting,
      long selected,
      long withinExit) {}

  /** The text of its JSON file. */
  String json() {
    return FORMAT.write(this);
  }

  /** As people read it. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        "%d rows, %d neurons, %d tasks, %s labels: %.2f GiB of float16",
        plan.rows(),
        plan.layout().neurons(),
        plan.tasks(),
        Names.of(plan.labels()),
        bytes / GIB);
    add(
        lines,
        "%s, %d cores; system load %.1f before, %.1f after",
        hardware.cpu(),
        cores,
        systemLoad.get(0),
        systemLoad.get(1));
    add(lines, "");
    add(lines, "%-40s %9.2f s", "Spark's start", sparkStartSeconds);
    add(lines, "%-40s %9.2f s", "select, all of it", selectSeconds);
    phases.forEach((phase, seconds) -> add(lines, "  %-38s %9.2f s", phase, seconds));
    if (numpy != null) {
      add(
          lines,
          "%-40s %9.2f s, %.2f s of it reading; %d threads",
          "NumPy " + numpy.path("versions").path("numpy").asText(),
          numpy.path("seconds").asDouble(),
          numpy.path("read_seconds").asDouble(),
          numpy.path("threads").asInt());
    }
    ratios.forEach((name, ratio) -> add(lines, "%-40s %9.2f", name, ratio));
    add(lines, "");
    add(
        lines,
        "peak memory %.2f GiB resident, %.2f GiB of the heap after a collection, of at most %.2f"
            + " GiB",
        peakResidentBytes / GIB,
        peakLiveBytes / GIB,
        maxHeapBytes / GIB);
    add(
        lines,
        "planted %d: %d with q < 0.05; other neurons with q < 0.05: %d",
        found.planted(),
        found.significant(),
        found.othersSignificant());
    add(
        lines,
        "of %d that vote %d are planted, of %d planted up to the exit layers",
        found.voting(),
        found.selected(),
        found.withinExit());
    if (numpy != null) {
      add(lines, "agreement with NumPy: %s", numpy.path("agreement"));
    }
    return lines;
  }

  private static void add(List<String> lines, String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments));
  }
}
