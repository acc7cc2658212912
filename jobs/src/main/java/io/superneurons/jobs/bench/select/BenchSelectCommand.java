package io.superneurons.jobs.bench.select;

import io.superneurons.jobs.bench.Python;
import io.superneurons.jobs.bench.WorkFolder;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.JobMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code superneurons bench-select}: select and a NumPy program on the same activations. */
@Command(
    name = "bench-select",
    description =
        "Writes activations with planted neurons, times select on them beside a vectorised NumPy"
            + " program where Python has it, and compares their numbers.")
public final class BenchSelectCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Labelled rows. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--neurons",
      paramLabel = "N",
      defaultValue = "65536",
      description = "Neurons of all layers and sites. Default: ${DEFAULT-VALUE}.")
  private int neurons;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "8",
      description = "Layers that they are spread over. Default: ${DEFAULT-VALUE}.")
  private int layers;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "8",
      description = "Tasks of two labels that share the rows. Default: ${DEFAULT-VALUE}.")
  private int tasks;

  @Option(
      names = "--planted",
      paramLabel = "N",
      defaultValue = "5",
      description = "Neurons per task that tell its labels apart. Default: ${DEFAULT-VALUE}.")
  private int planted;

  @Option(
      names = "--labels",
      paramLabel = "planted|shuffled",
      defaultValue = "planted",
      description = "Labels that the planted neurons know, or random ones that none knows.")
  private SelectBenchPlan.Labels labels;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the activations. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--shard-memory",
      paramLabel = "SIZE",
      defaultValue = "512m",
      description = "As select has it. Default: ${DEFAULT-VALUE}.")
  private String shardMemory;

  @Option(
      names = "--python",
      paramLabel = "auto|none|PROGRAM",
      defaultValue = "auto",
      description = "Python for NumPy's side; auto takes python3 if it imports numpy and pyarrow.")
  private String python;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "A folder to work in, which must not exist; without this a temporary one.")
  private Path folder;

  @Option(names = "--output", paramLabel = "FILE", description = "Also write the result as JSON.")
  private Path output;

  public static void main(String[] args) {
    JobMain.runAndExit(new BenchSelectCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    SelectBenchPlan plan = new SelectBenchPlan(rows, neurons, layers, tasks, planted, labels, seed);
    if (output != null && Files.exists(output) && common.existing() == Existing.REFUSE) {
      throw new ConfigurationException(
          output + " exists; give another --output or add --overwrite");
    }
    if (folder != null && Files.exists(folder)) {
      throw new ConfigurationException(folder + " exists; give another --folder");
    }
    Optional<String> program = Python.find(python, "numpy, pyarrow.parquet");
    try (WorkFolder work =
        folder == null
            ? WorkFolder.temporary("superneurons-bench-select")
            : WorkFolder.kept(folder)) {
      Path activations = work.path().resolve("activations");
      System.err.println("Activations in " + activations);
      PlantedActivations.write(plan, activations);
      SelectBenchResult result =
          new SelectBench(plan, activations, work.path(), shardMemory, System.err).run(program);
      result.table().forEach(command.commandLine().getOut()::println);
      command.commandLine().getOut().flush();
      if (output != null) {
        Files.writeString(output, result.json());
      }
      return 0;
    }
  }
}
