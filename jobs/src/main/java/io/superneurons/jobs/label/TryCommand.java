package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.JobMain;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Labels one image and says why, without a Spark session, a manifest or an output folder. */
@Command(
    name = "try",
    sortOptions = false,
    modelTransformer = TryCommand.OfOneImage.class,
    description = "Label one image, and say what voted and what the model itself answers.")
public final class TryCommand implements Callable<Integer> {
  @Mixin private TryOptions options = new TryOptions();
  @Spec private CommandSpec spec;

  /** The help leaves out how many rows go in a pass: one image has few. */
  static final class OfOneImage implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionSpec batch = spec.findOption("--batch-size");
      spec.remove(batch);
      return spec.addOption(batch.toBuilder().hidden(true).build());
    }
  }

  /** Runs the command. */
  public static void main(String[] args) {
    JobMain.runAndExit(new TryCommand(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return OneImage.of(options, spec.commandLine().getOut()).run();
  }
}
