package io.superneurons.jobs;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.OptionNeeds;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
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
 * Stage 1: runs the model once per image-question pair and writes the activations of the last
 * prompt position, of every layer, to Parquet.
 */
@Command(
    name = "extract",
    sortOptions = false,
    description = "Run a model over image-question pairs and write its activations to Parquet.")
public final class ExtractJob implements Callable<Integer>, OptionNeeds.Command {
  @Mixin private ExtractOptions options = new ExtractOptions();
  @Spec private CommandSpec spec;

  /** Runs the job; spark-submit's entry. */
  public static void main(String[] args) {
    JobMain.runAndExit(new ExtractJob(), args);
  }

  @Override
  public List<OptionNeeds> needs() {
    return List.of(new OptionNeeds("--max-new-tokens", List.of("--answer")));
  }

  @Override
  public Integer call() throws IOException {
    ExtractRun extract = ExtractRun.of(options, spec.commandLine().getOut());
    try (SparkSession spark = Sessions.open("superneurons extract")) {
      extract.run(spark);
      return CommandLine.ExitCode.OK;
    }
  }
}
