package io.superneurons.jobs.cli;

import java.io.PrintWriter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Runs a job from its arguments: command line over {@code --config FILE} over defaults.
 *
 * <p>Exit codes: 0 done; 1 failed, which includes a store that cannot be reached and a cluster that
 * fails before work; 2 usage or configuration error, found before work; 3 done, but the Super
 * Neurons drifted by more than they may.
 */
public final class JobMain {
  private static final Logger LOG = LoggerFactory.getLogger(JobMain.class);

  /** Columns of the help, whatever the terminal has: so it reads alike everywhere. */
  private static final int WIDTH = 80;

  private static final String OWN = "io.superneurons.";

  private JobMain() {}

  /** Runs the command and ends the JVM with its exit code; for {@code main} methods only. */
  public static void runAndExit(Callable<Integer> command, String... args) {
    Optional<String> problem = NameEncoding.problem();
    if (problem.isPresent()) {
      System.err.println("superneurons: " + problem.get());
      System.exit(CommandLine.ExitCode.USAGE);
    }
    LoginUser.logIn();
    Interruption.watch(new CommandLine(command).getCommandName());
    int exitCode;
    try {
      exitCode = run(command, args);
    } finally {
      Interruption.over();
    }
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs the command.
   *
   * @param command an object annotated with picocli's {@code @Command}
   * @return the exit code
   */
  public static int run(Callable<Integer> command, String... args) {
    CommandLine line = new CommandLine(command);
    line.setOut(new SafePrinter(System.out));
    line.setErr(new SafePrinter(System.err));
    // colours are escapes too
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(WIDTH);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedOptions());
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    line.getCommandSpec().usageMessage().synopsisHeading("Usage: superneurons ");
    line.getCommandSpec().versionProvider(JobMain::version);
    // an option that is misspelt is no further value of the one before it
    line.setUnmatchedOptionsAllowedAsOptionParameters(false);
    line.setParameterExceptionHandler(JobMain::misused);
    line.setExecutionStrategy(parsed -> execute(command, parsed));
    line.setExecutionExceptionHandler(JobMain::report);
    try {
      line.setDefaultValueProvider(ConfigFile.of(args));
    } catch (ConfigurationException e) {
      return report(e, line, null);
    }
    return line.execute(args);
  }

  private static String[] version() {
    return Versions.ofThis().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .toArray(String[]::new);
  }

  private static int execute(Callable<Integer> command, CommandLine.ParseResult parsed) {
    if (command instanceof OptionNeeds.Command own) {
      for (OptionNeeds needs : own.needs()) {
        needs
            .problem(parsed)
            .ifPresent(
                problem -> {
                  throw new CommandLine.ParameterException(
                      parsed.commandSpec().commandLine(), problem);
                });
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** One line on what is wrong with the arguments, and what may have been meant. */
  private static int misused(CommandLine.ParameterException e, String... args) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandName();
    String told =
        e.getCause() instanceof ConfigurationException refused
            ? refused.getMessage()
            : e.getMessage();
    String problem = unknown(line, args).or(() -> leftOver(e)).orElse(told);
    line.getErr()
        .println(name + ": " + SafeText.of(problem) + " (superneurons " + name + " --help)");
    line.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** The first option that there is not: what is missing is missing for being misspelt. */
  private static Optional<String> unknown(CommandLine line, String... args) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith("--"))
        .map(arg -> arg.replaceFirst("=.*", ""))
        .filter(option -> !line.getCommandSpec().optionsMap().containsKey(option))
        .findFirst()
        .map(option -> "there is no option " + option + meant(line, option));
  }

  /** The first argument that belongs to nothing. */
  private static Optional<String> leftOver(CommandLine.ParameterException e) {
    return e instanceof CommandLine.UnmatchedArgumentException left
        ? left.getUnmatched().stream()
            .findFirst()
            .map(arg -> "'" + arg + "' belongs to no option; values stand right behind theirs")
        : Optional.empty();
  }

  private static String meant(CommandLine line, String option) {
    return new CommandLine.UnmatchedArgumentException(line, List.of(option))
        .getSuggestions().stream()
            .findFirst()
            .map(like -> "; did you mean " + like + "?")
            .orElse("");
  }

  private static int report(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    if (Interruption.came()) {
      return CommandLine.ExitCode.SOFTWARE; // it was said what is kept
    }
    PrintWriter err = line.getErr();
    if (e instanceof ConfigurationException) {
      err.println(line.getCommandName() + ": " + SafeText.of(e.getMessage()));
      err.flush();
      return isTransient(e) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.USAGE;
    }
    if (e instanceof RunStoppedException) {
      err.println(line.getCommandName() + ": " + SafeText.of(e.getMessage()));
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    LOG.error("{} failed", line.getCommandName(), e);
    String message = FullDisk.told(e, output(parsed)).orElseGet(() -> message(e));
    err.println(line.getCommandName() + " failed: " + SafeText.of(message));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String output(CommandLine.ParseResult parsed) {
    Object output = parsed == null ? null : parsed.matchedOptionValue("--output", null);
    return output == null ? null : output.toString(); // text, or a path of this machine
  }

  /** The message of this program's own exception, without Spark's around it; else a first line. */
  private static String message(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith(OWN) && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().orElse("");
  }

  /** Whether another attempt may succeed. */
  private static boolean isTransient(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean noAnswer =
          cause instanceof SocketException
              || cause instanceof SocketTimeoutException
              || cause instanceof UnknownHostException;
      // Where a Spark task threw something Spark names it as the cause; without one executors were
      // lost, or the application was ended.
      boolean clusterFailed = cause instanceof SparkException && cause.getCause() == null;
      if (noAnswer || clusterFailed) {
        return true;
      }
    }
    return false;
  }
}
