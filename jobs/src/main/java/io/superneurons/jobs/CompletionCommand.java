package io.superneurons.jobs;

import io.superneurons.jobs.bench.BenchCommand;
import io.superneurons.jobs.bench.select.BenchSelectCommand;
import io.superneurons.jobs.cli.CommandOfAnotherModule;
import io.superneurons.jobs.label.TryCommand;
import io.superneurons.jobs.model.InspectCommand;
import io.superneurons.jobs.report.ReportCommand;
import java.io.File;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Prints the script that completes commands and options in bash and zsh. */
public final class CompletionCommand {
  /** A value as it is typed: what is in capitals in the help stands for others. */
  private static final Pattern VALUE = Pattern.compile("[a-z][a-z0-9-]*");

  private static final String HELP =
      """
      Usage: superneurons completion
      Print the script that completes commands and options in bash and zsh.

        Example: source <(superneurons completion)

      In ~/.bashrc or ~/.zshrc, after the line that puts superneurons on the PATH, it
      holds for every shell.""";

  private CompletionCommand() {}

  public static void main(String[] args) {
    System.out.println(text(args));
  }

  /** The script; help where anything is asked. */
  static String text(String... args) {
    return args.length == 0 ? script() : HELP;
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
      add(all, command);
    }
    for (CommandOfAnotherModule command : ServiceLoader.load(CommandOfAnotherModule.class)) {
      add(all, command);
    }
    addThoseOfTheLauncher(all);
    return AutoComplete.bash("superneurons", all);
  }

  /** What bin/superneurons answers by itself, as it takes it. */
  private static void addThoseOfTheLauncher(CommandLine all) {
    CommandSpec demo = CommandSpec.create();
    demo.addOption(OptionSpec.builder("--output").paramLabel("DIR").type(File.class).build());
    demo.addOption(OptionSpec.builder("-h", "--help").build());
    all.addSubcommand("demo", demo);
    CommandSpec help = CommandSpec.create();
    all.getSubcommands().keySet().forEach(name -> help.addSubcommand(name, CommandSpec.create()));
    all.addSubcommand("help", help);
    all.addSubcommand("completion", CommandSpec.create());
  }

  private static void add(CommandLine all, Object command) {
    CommandSpec known = new CommandLine(command).getCommandSpec();
    CommandSpec offered = CommandSpec.create().name(known.name());
    known.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> offered.addOption(offered(option)));
    known
        .positionalParameters()
        .forEach(parameter -> offered.addPositional(parameter.toBuilder().build()));
    all.addSubcommand(known.name(), offered);
  }

  /** The option with the values that the help names, spelled as there. */
  private static OptionSpec offered(OptionSpec option) {
    String label = option.paramLabel();
    List<String> values =
        Pattern.compile("[|]")
            .splitAsStream(label)
            .filter(value -> VALUE.matcher(value).matches())
            .toList();
    return label.contains("|") && !values.isEmpty()
        ? option.toBuilder().completionCandidates(values).build()
        : option.toBuilder().build();
  }
}
