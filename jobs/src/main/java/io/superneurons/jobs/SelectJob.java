package io.superneurons.jobs;

import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.OptionNeeds;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.select.SelectOutput;
import io.superneurons.jobs.select.SelectRun;
import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Stage 2: scores every neuron on every task, and selects, validates and writes the Super Neurons.
 */
@Command(
    name = "select",
    description = "Score every neuron on every task and select the Super Neurons.")
public final class SelectJob implements Callable<Integer>, OptionNeeds.Command {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SelectOptions options = new SelectOptions();
  @Spec private CommandSpec spec;

  public SelectOptions options() {
    return options;
  }

  /** Runs the job; spark-submit's entry. */
  public static void main(String[] args) {
    JobMain.runAndExit(new SelectJob(), args);
  }

  @Override
  public List<OptionNeeds> needs() {
    return List.of(
        new OptionNeeds("--split", List.of("--split-by image", "--split-by auto")),
        new OptionNeeds("--columns", List.of("--labels")));
  }

  @Override
  public Integer call() throws IOException {
    SelectSettings settings = SelectSettings.of(options);
    try (SparkSession spark = Sessions.open("superneurons select")) {
      OutputFolder folder =
          OutputFolder.check(
              spark.sparkContext().hadoopConfiguration(), settings.output(), common.existing());
      settings.folders().forEach(folder::requireOutside);
      SelectOutput output = new SelectOutput(folder, spec.commandLine().getOut());
      List<String> failed = new SelectRun(spark, settings, output).run();
      return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
