package io.superneurons.jobs.frame;

import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.extract.ExtractOptions;
import io.superneurons.jobs.extract.ExtractRun;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.select.SelectOutput;
import io.superneurons.jobs.select.SelectRun;
import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The stages within a session that others opened and go on with; what the Python module calls. They
 * return what they print.
 */
public final class Notebook {
  private Notebook() {}

  /** Options of extract. */
  @Command(name = "extract")
  private static final class Extract {
    @Mixin private ExtractOptions options = new ExtractOptions();
  }

  /** Options of select. */
  @Command(name = "select")
  private static final class Select {
    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private SelectOptions options = new SelectOptions();
  }

  /** Runs extract with the options of its command line. */
  public static String extract(SparkSession spark, List<String> arguments) throws IOException {
    Extract command = parsed(new Extract(), arguments);
    StringWriter told = new StringWriter();
    ExtractRun.of(command.options, new PrintWriter(told)).run(Sessions.within(spark));
    return told.toString();
  }

  /** Runs select with the options of its command line. */
  public static String select(SparkSession spark, List<String> arguments) throws IOException {
    Select command = parsed(new Select(), arguments);
    SelectSettings settings = SelectSettings.of(command.options);
    SparkSession own = Sessions.within(spark);
    OutputFolder folder =
        OutputFolder.check(
            own.sparkContext().hadoopConfiguration(), settings.output(), command.common.existing());
    settings.folders().forEach(folder::requireOutside);
    StringWriter told = new StringWriter();
    new SelectRun(own, settings, new SelectOutput(folder, new PrintWriter(told))).run();
    return told.toString();
  }

  private static <T> T parsed(T command, List<String> arguments) {
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return command;
  }
}
