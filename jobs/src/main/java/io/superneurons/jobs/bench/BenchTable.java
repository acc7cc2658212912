package io.superneurons.jobs.bench;

import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A result as people read it. */
final class BenchTable {
  private static final double GIB = 1L << 30;

  private final BenchResult result;
  private final List<String> lines = new ArrayList<>();

  private BenchTable(BenchResult result) {
    this.result = result;
  }

  /** The lines to print. */
  public static List<String> of(BenchResult result) {
    BenchTable table = new BenchTable(result);
    table.head();
    table.measurements();
    table.ratios();
    table.openingAndMemory();
    return List.copyOf(table.lines);
  }

  private void head() {
    RandomCheckpoint checkpoint = result.checkpoint();
    add(
        "%s, %d of %d layers, %.2f GiB; %d positions, %d images per pass",
        checkpoint.shape().label(),
        checkpoint.layers(),
        RandomCheckpoint.publishedLayers(checkpoint.shape()),
        result.checkpointBytes() / GIB,
        result.positions(),
        result.plan().images());
    add(
        "%s, %d threads, %s; %s",
        result.dtype(),
        result.threads(),
        result.hardware().cpu(),
        String.join(" ", result.hardware().flags()));
    add("versions %s; system load %s", result.versions(), result.systemLoad());
    if (result.agreement() != null) {
      add("cosine of the last residual with Hugging Face's: %.6f", result.agreement());
    }
    add("");
  }

  private void measurements() {
    add(
        "%-28s %9s %32s %32s",
        "milliseconds a question", "questions", "this engine (min to max)", "Hugging Face");
    for (Measurement measurement : result.measurements()) {
      if (measurement.side().equals(Measurement.ENGINE)) {
        add(
            "%-28s %9d %32s %32s",
            Pass.valueOf(measurement.pass().toUpperCase(Locale.ROOT)).title(),
            measurement.questions(),
            milliseconds(measurement),
            otherSide(measurement).map(BenchTable::milliseconds).orElse(""));
      }
    }
    add("");
  }

  private Optional<Measurement> otherSide(Measurement engine) {
    return result.measurements().stream()
        .filter(m -> m.side().equals(Measurement.HUGGING_FACE))
        .filter(m -> m.pass().equals(engine.pass()) && m.questions() == engine.questions())
        .findFirst();
  }

  private static String milliseconds(Measurement measurement) {
    return format(
        "%.1f (%.1f to %.1f)",
        1000 * measurement.median(), 1000 * measurement.min(), 1000 * measurement.max());
  }

  private void ratios() {
    result.ratios().forEach((name, value) -> add("%-50s %8.2f", name, value));
    add("");
    if (!result.allLayers().isEmpty()) {
      add(
          "counted up to all %d layers",
          RandomCheckpoint.publishedLayers(result.checkpoint().shape()));
      result.allLayers().forEach((name, value) -> add("%-50s %8.2f", name, value));
      add("");
    }
  }

  private void openingAndMemory() {
    result.openSeconds().forEach((what, seconds) -> add("open %-22s %8.2f s", what, seconds));
    result
        .memory()
        .forEach(
            (what, memory) ->
                add(
                    "memory %-20s %8.2f GiB resident, %.2f GiB of it backed by no file; peak %.2f GiB",
                    what,
                    memory.residentBytes() / GIB,
                    memory.anonymousBytes() / GIB,
                    memory.peakResidentBytes() / GIB));
  }

  private void add(String format, Object... arguments) {
    lines.add(format(format, arguments));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
