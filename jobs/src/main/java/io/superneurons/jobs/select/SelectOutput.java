package io.superneurons.jobs.select;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.run.ReplacedFolder;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.rows.ImageSplit;
import io.superneurons.jobs.select.rows.LabelledRowReader;
import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ValueCounts;
import io.superneurons.jobs.select.settings.ActivationFolders;
import io.superneurons.jobs.select.size.RowsListener;
import io.superneurons.jobs.select.size.SizePlan;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where select writes, and what it prints on the way. */
public final class SelectOutput implements RowsListener {
  private final OutputFolder folder;
  private final PrintWriter terminal;

  public SelectOutput(OutputFolder folder, PrintWriter terminal) {
    this.folder = folder;
    this.terminal = terminal;
  }

  /** Locks the folder; what is new stays beside what is there until all of it is written. */
  ReplacedFolder begin() throws IOException {
    return ReplacedFolder.begin(folder);
  }

  void printPlan(
      RowTable table,
      Sets sets,
      ActivationFolders folders,
      List<LayerSite> columns,
      List<Shard> shards) {
    long neurons = columns.stream().mapToLong(c -> folders.first().layout().width(c)).sum();
    long bytes = neurons * table.rows() * folders.first().storeDType().bytes();
    terminal.printf(
        "select: %s of %s, %s in %s, %.1f MB of activations%n",
        Plural.text(table.rows(), "labelled row"),
        Plural.text(table.tasks().size(), "task"),
        Plural.text(neurons, "neuron"),
        Plural.text(shards.size(), "shard"),
        bytes / 1e6);
    for (LabelledTask labelled : table.tasks()) {
      TaskRows task = labelled.rows();
      StringBuilder counts = new StringBuilder();
      for (int set = 0; set < sets.size(); set++) {
        counts.append(String.format(Locale.ROOT, " %s %d", sets.name(set), task.size(set)));
      }
      terminal.printf("  %s: labels %s; rows:%s%n", task.task(), task.labels(), counts);
      LabelLines.of(labelled, sets).forEach(line -> terminal.printf("    %s%n", line));
      if (task.size(TaskRows.VALIDATION) == 0) {
        terminal.printf("    no validation rows: choices by cross-validation of probing rows%n");
      }
      if (task.size(TaskRows.TEST) == 0) {
        terminal.printf(
            "    no test rows, so nothing tells how good the choice is: more images, or --split-by"
                + " image where rows have splits, bring some%n");
      }
    }
    terminal.flush();
  }

  @Override
  public void dealt(ImageSplit split) {
    terminal.printf(
        "select: no row has a split, so rows are dealt by image into probe, validation and test: about %s"
            + " (--split-by column has all of them probe)%n",
        split.text());
  }

  void warnOfUnfinished(List<String> folders) {
    for (String folder : folders) {
      terminal.printf(
          "select: warning: the run that wrote %s did not end (it has no _SUCCESS), so rows may be"
              + " missing; extract --resume does the rest%n",
          folder);
    }
    terminal.flush();
  }

  @Override
  public void labels(LabelledRowReader.LabelCount labels) {
    if (labels.withoutRow() > 0) {
      terminal.printf(
          "select: warning: %,d of %s of --labels %s fit no row of the activations and are left"
              + " out: %s%s%n",
          labels.withoutRow(),
          Plural.text(labels.all(), "label"),
          labels.file(),
          labels.some().stream().map(key -> "'" + key + "'").collect(Collectors.joining(", ")),
          labels.withoutRow() > labels.some().size() ? " and others" : "");
    }
  }

  @Override
  public void read(RowTable table) {
    table
        .imagesOnBothSides()
        .forEach(
            (task, images) ->
                terminal.printf(
                    "select: warning: task '%s' has %s in more than one of probe,"
                        + " validation and test, so its scores there are not independent;"
                        + " --split-by image deals rows out so that none is%n",
                    task, Plural.text(images, "image")));
  }

  void printSizes(SizePlan plan) {
    SizeLines.of(plan).forEach(line -> terminal.printf("%s%n", line));
    terminal.flush();
  }

  void printScored(Map<Site, ValueCounts> bySite) {
    terminal.printf("select: every neuron scored%n");
    bySite.forEach(
        (site, counts) -> {
          if (!counts.equals(ValueCounts.NONE)) {
            terminal.printf(
                "select: warning: %s has %d NaN, %d infinite and %d saturated values; a neuron"
                    + " with a NaN or an infinity on a probing row is not selected%n",
                site.label(), counts.nan(), counts.infinite(), counts.saturated());
          }
        });
    terminal.flush();
  }

  /**
   * Prints what was found.
   *
   * @param report what draws it
   */
  void printSummary(List<Selected> done, List<String> failed, DrawingCommand report) {
    terminal.printf(
        "select: %s done, %d failed%n", Plural.text(done.size(), "task"), failed.size());
    for (Selected selected : done) {
      TaskSuperNeurons task = selected.superNeurons();
      terminal.printf(
          "  %s: %s, %s, %s vote, exit after %s%s%n",
          task.task(),
          Plural.text(task.neurons().size(), "neuron"),
          task.rule().label(),
          task.voting().label(),
          task.exitLayer(),
          results(task));
      TaskLines.of(selected).forEach(line -> terminal.printf("    %s%n", line));
    }
    failed.forEach(
        task ->
            terminal.printf(
                "  %s: failed: no neuron varies on its probing rows, or none reaches"
                    + " --threshold%n",
                task));
    terminal.printf("select: written to %s%n", folder.path());
    terminal.printf("  the page: %s%n", report.text());
    if (!report.showsImages()) {
      terminal.printf("            with --input, as extract was given, it shows images too%n");
    }
    terminal.flush();
  }

  private static String found(Permutations shuffled) {
    return String.format(
        Locale.ROOT,
        "; %s: %d of %d runs on shuffled labels did as well (p %.3f, q among the tasks %.3f)",
        shuffled.found() ? "found" : "NOTHING FOUND",
        shuffled.asGood(),
        shuffled.count(),
        shuffled.pValue(),
        shuffled.qValue());
  }

  private static String candidates(Discoveries none) {
    return String.format(
        Locale.ROOT,
        "; CANDIDATES: no neuron has a q-value of at most %s, so luck may explain them all",
        none.maxQ());
  }

  private static String results(TaskSuperNeurons task) {
    StringBuilder results = new StringBuilder();
    String metric = task.metric().label();
    task.metrics()
        .forEach(
            (set, values) ->
                results.append(String.format(Locale.ROOT, "; %s %.3f", set, values.get(metric))));
    results.append(" (").append(metric).append(")");
    task.chosen()
        .discoveries()
        .filter(discoveries -> !discoveries.any())
        .ifPresent(none -> results.append(candidates(none)));
    task.chosen().permutations().ifPresent(shuffled -> results.append(found(shuffled)));
    return results.toString();
  }
}
