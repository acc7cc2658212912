package io.superneurons.export;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.JsonFormat;
import io.superneurons.activation.LayerSite;
import io.superneurons.export.review.FiftyOneTree;
import io.superneurons.export.review.LabelStudioTasks;
import io.superneurons.jobs.cli.CommandOfAnotherModule;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.results.ActivationsFolder;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.jobs.run.ReplacedFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Turns activations and a selection into tidy tables: one row per value, flat columns. */
@Command(
    name = "export",
    sortOptions = false,
    description = "Turn activations and scores into tidy Parquet or CSV tables.")
public final class ExportJob implements CommandOfAnotherModule {
  /** Says that a folder is an export's, so that another may replace it. */
  private static final String MARKER = "_export.json";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons-export", 1);

  private record Content(List<String> tables) {}

  @Mixin private ExportOptions options = new ExportOptions();
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    JobMain.runAndExit(new ExportJob(), args);
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    try (SparkSession spark = Sessions.open("superneurons export")) {
      if (options.review().isAsked()) {
        review(spark);
      } else {
        run(spark);
      }
    }
    return 0;
  }

  private void review(SparkSession spark) throws IOException {
    OutputFolder output =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), options.output(), options.existing());
    output.requireOutside(options.review().predictions());
    if (options.review().isTree()) {
      reviewTree(spark, output);
      return;
    }
    LabelStudioTasks tasks = LabelStudioTasks.read(spark, options.review(), options.tasks());
    Map<String, String> files = tasks.files();
    try (ReplacedFolder place = ReplacedFolder.begin(output)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        place.write(file.getKey(), file.getValue());
      }
      place.write(MARKER, FORMAT.write(new Content(List.copyOf(files.keySet()))));
      place.appear(MARKER);
    }
    PrintWriter out = spec.commandLine().getOut();
    tasks
        .counts()
        .forEach((task, rows) -> out.printf("export: %s of %s%n", Plural.text(rows, "row"), task));
    out.printf("export: done, %s in %s%n", files.keySet(), output);
    out.flush();
  }

  private void reviewTree(SparkSession spark, OutputFolder output) throws IOException {
    FiftyOneTree tree = FiftyOneTree.read(spark, options.review(), options.tasks());
    Map<String, Integer> copied;
    try (ReplacedFolder place = ReplacedFolder.begin(output)) {
      copied = tree.copyTo(spark.sparkContext().hadoopConfiguration(), place.path());
      place.write(MARKER, FORMAT.write(new Content(List.copyOf(copied.keySet()))));
      place.appear(MARKER);
    }
    PrintWriter out = spec.commandLine().getOut();
    copied.forEach(
        (task, images) -> out.printf("export: %s of %s%n", Plural.text(images, "image"), task));
    int missing = tree.rows() - copied.values().stream().mapToInt(Integer::intValue).sum();
    if (missing > 0) {
      out.printf(
          "export: %s left out, whose images are not there as files%n",
          Plural.text(missing, "row"));
    }
    out.printf("export: done, in %s%n", output);
    out.flush();
  }

  private void run(SparkSession spark) throws IOException {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    OutputFolder output = OutputFolder.check(conf, options.output(), options.existing());
    options.activations().ifPresent(output::requireOutside);
    options.selection().ifPresent(output::requireOutside);
    Map<String, Dataset<Row>> tables = tables(spark, conf);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("export: writes %s to %s%n", tables.keySet(), options.output());
    out.flush();
    try (ReplacedFolder place = ReplacedFolder.begin(output)) {
      tables.forEach(
          (name, table) -> options.format().write(table, new Path(place.path(), name).toString()));
      place.write(MARKER, FORMAT.write(new Content(List.copyOf(tables.keySet()))));
      place.appear(MARKER);
    }
    out.printf("export: done, %s in %s%n", Plural.text(tables.size(), "table"), output);
    out.flush();
  }

  private Map<String, Dataset<Row>> tables(SparkSession spark, Configuration conf) {
    Optional<SelectionFolder> folder =
        options.selection().map(selection -> SelectionFolder.open(conf, selection));
    Optional<ActivationsMetadata> metadata =
        options.activations().map(activations -> metadata(conf, folder, activations));
    Optional<TidySelection> selection =
        folder.map(f -> new TidySelection(spark, f, options.tasks(), places(spark, f, metadata)));
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    metadata.ifPresent(m -> tables.put("activations", activations(spark, m, selection, out)));
    selection.ifPresent(
        s -> {
          tables.put("scores", s.scores(options.format()));
          tables.put("evaluations", s.evaluations());
          tables.put("curves", s.curves());
        });
    return tables;
  }

  private static ActivationsMetadata metadata(
      Configuration conf, Optional<SelectionFolder> folder, String activations) {
    return folder
        .map(selection -> selection.activations(activations))
        .orElseGet(() -> ActivationsFolder.open(conf, activations).metadata());
  }

  /** The columns of activations that are wanted, as far as it is known which there are. */
  private List<LayerSite> places(
      SparkSession spark, SelectionFolder folder, Optional<ActivationsMetadata> metadata) {
    return options.places(
        part ->
            metadata
                .map(m -> m.layout().of(part).layers())
                .orElseGet(() -> TidySelection.layers(spark, folder, part)));
  }

  private Dataset<Row> activations(
      SparkSession spark,
      ActivationsMetadata metadata,
      Optional<TidySelection> selection,
      PrintWriter out) {
    ActivationTable table =
        ActivationTable.open(
            spark,
            options.activations().orElseThrow(),
            metadata,
            plan(metadata.layout(), selection),
            options.tasks());
    Map<String, Long> rows = table.rowsByTask();
    requireTasks(rows.keySet());
    long values = table.values(rows);
    out.printf(
        "export: %s of activations for %s, %s%n",
        Plural.text(rows.values().stream().mapToLong(Long::longValue).sum(), "row"),
        Plural.text(rows.size(), "task"),
        Plural.text(values, "value"));
    table
        .tasksWithout(rows)
        .forEach(task -> out.printf("  task %s has no such neurons, so no values%n", task));
    return table.table();
  }

  private NeuronPlan plan(ActivationLayout layout, Optional<TidySelection> selection) {
    NeuronChoice neurons = options.neurons();
    return switch (neurons.kind()) {
      case ALL -> {
        Set<LayerSite> places = Set.copyOf(options.places(part -> layout.of(part).layers()));
        yield NeuronPlan.ofAll(layout, places::contains);
      }
      case SELECTED -> NeuronPlan.of(selection.orElseThrow().selected());
      case TOP -> NeuronPlan.of(selection.orElseThrow().top(neurons.count()));
    };
  }

  private void requireTasks(Set<String> present) {
    Set<String> missing = new TreeSet<>(options.tasks());
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--tasks: no rows of %s in %s",
              missing,
              options.activations().orElseThrow()));
    }
  }
}
