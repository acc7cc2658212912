package io.superneurons.jobs;

import io.superneurons.jobs.bench.BenchCommand;
import io.superneurons.jobs.bench.select.BenchSelectCommand;
import io.superneurons.jobs.cli.CommandOfAnotherModule;
import io.superneurons.jobs.label.TryCommand;
import io.superneurons.jobs.model.InspectCommand;
import io.superneurons.jobs.report.ReportCommand;
import java.util.List;
import java.util.ServiceLoader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the script that completes commands and options in bash and zsh. */
public final class CompletionCommand {
  private CompletionCommand() {}

  public static void main(String[] args) {
    System.out.println(script());
  }

  /** The script, to be sourced. */
  static String script() {
    CommandLine all = new CommandLine(CommandSpec.create().name("superneurons"));
    for (Object command :
        List.of(
            new ExtractJob(),
            new SelectJob(),
            new LabelJob(),
            new ReportCommand(),
            new TryCommand(),
            new InspectCommand(),
            new BenchCommand(),
            new BenchSelectCommand())) {
      CommandLine line = new CommandLine(command);
      all.addSubcommand(line.getCommandName(), line);
    }
    for (CommandOfAnotherModule command : ServiceLoader.load(CommandOfAnotherModule.class)) {
      CommandLine line = new CommandLine(command);
      all.addSubcommand(line.getCommandName(), line);
    }
    for (String ofTheLauncher : List.of("demo", "help", "completion")) {
      all.addSubcommand(ofTheLauncher, CommandSpec.create());
    }
    return AutoComplete.bash("superneurons", all);
  }
}
