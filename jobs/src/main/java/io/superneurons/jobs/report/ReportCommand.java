package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Bytes;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFile;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.results.SelectionFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws what select found as one HTML page that needs nothing beside it. */
@Command(
    name = "report",
    sortOptions = false,
    description = "Draw an HTML report of a selection: one file, no scripts, nothing fetched.")
public final class ReportCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--selection",
      required = true,
      paramLabel = "DIR",
      description = "Folder that select wrote.")
  private String selection;

  @Option(
      names = "--activations",
      paramLabel = "DIR",
      description =
          "Folder that extract wrote and select read: it tells the model's shape, for the cost of"
              + " exit layers. Without it each layer counts alike.")
  private String activations;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page. Default: report.html in the folder of the selection.")
  private String output;

  public static void main(String[] args) {
    JobMain.runAndExit(new ReportCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    Configuration conf = Sessions.hadoopConfiguration();
    String file =
        output == null ? new Path(PathNames.path(selection), "report.html").toString() : output;
    OutputFile page = OutputFile.check(conf, file, common.existing(), ReportPage.BEGINNING);
    Selection read =
        new ReportTables(SelectionFolder.open(conf, selection), conf)
            .read(Optional.ofNullable(activations));
    String text = new ReportPage(read).render();
    page.write(text);
    PrintWriter out = spec.commandLine().getOut();
    out.print(TerminalTable.of(read.tasks()));
    out.printf(
        "report: %d tasks, %s, written to %s%n",
        read.tasks().size(), Bytes.text(text.getBytes(StandardCharsets.UTF_8).length), file);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
