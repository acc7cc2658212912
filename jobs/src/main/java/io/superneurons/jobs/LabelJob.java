package io.superneurons.jobs;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.OptionNeeds;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.label.DriftCheck;
import io.superneurons.jobs.label.LabelOptions;
import io.superneurons.jobs.label.LabelRun;
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
 * Stage 3: classifies new images with only the vision tower and the decoder layers up to the exit
 * layer.
 */
@Command(
    name = "label",
    sortOptions = false,
    description = "Label images by the votes of Super Neurons, with an early exit.")
public final class LabelJob implements Callable<Integer>, OptionNeeds.Command {
  @Mixin private LabelOptions options = new LabelOptions();
  @Spec private CommandSpec spec;

  /** Runs the job; spark-submit's entry. */
  public static void main(String[] args) {
    JobMain.runAndExit(new LabelJob(), args);
  }

  @Override
  public List<OptionNeeds> needs() {
    return List.of(
        new OptionNeeds("--max-new-tokens", List.of("--margin", "--target-accuracy")),
        new OptionNeeds("--incremental-by", List.of("--incremental")));
  }

  @Override
  public Integer call() throws IOException {
    LabelRun label = LabelRun.of(options, spec.commandLine().getOut());
    try (SparkSession spark = Sessions.open("superneurons label")) {
      List<String> drifted = label.run(spark);
      return drifted.isEmpty() ? CommandLine.ExitCode.OK : DriftCheck.EXIT_CODE;
    }
  }
}
