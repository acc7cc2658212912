package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Bytes;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFile;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Page;
import io.superneurons.jobs.report.read.ReportTables;
import io.superneurons.jobs.report.read.Selection;
import io.superneurons.jobs.report.read.Sources;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws what select found as one HTML page that needs nothing beside it. */
@Command(
    name = "report",
    sortOptions = false,
    description = "Draw an HTML report of a selection: one file that fetches nothing.")
@HelpGroup(
    value = "What is shown",
    example = "--selection selection --activations activations --images 200")
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
          "Folder that extract wrote and select read: it tells what exits cost, and what single"
              + " neurons are on each row. Without it each layer counts alike.")
  private String activations;

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description = "Folder that label wrote: it tells how fast that was, and of drift.")
  private String predictions;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "200",
      description = "Images to show, at most. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--neurons",
      paramLabel = "N",
      defaultValue = "6",
      description = "Neurons of each task to show one by one. Default: ${DEFAULT-VALUE}.")
  private int neurons;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page. Default: report.html in the folder of the selection.")
  private String output;

  @ArgGroup(exclusive = false, heading = "To show images, what extract was given:%n")
  private InputOptions input;

  public static void main(String[] args) {
    JobMain.runAndExit(new ReportCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    if (images < 0 || neurons < 0) {
      throw new ConfigurationException("--images and --neurons cannot be less than 0");
    }
    if (input == null
        && images > 0
        && spec.commandLine().getParseResult().hasMatchedOption("--images")) {
      throw new ConfigurationException(
          "--images has no effect without --input, which is what extract was given");
    }
    Configuration conf = Sessions.hadoopConfiguration();
    String file =
        output == null ? new Path(PathNames.path(selection), "report.html").toString() : output;
    OutputFile page = OutputFile.check(conf, file, common.existing(), Page.BEGINNING);
    Selection read =
        new ReportTables(SelectionFolder.open(conf, selection), conf)
            .read(
                new Sources(
                    Optional.ofNullable(activations), Optional.ofNullable(predictions), neurons));
    Thumbnails pictures =
        input == null ? Thumbnails.none() : new Pictures(read).find(conf, input, images);
    String text = new ReportPage(read, pictures).render();
    page.write(text);
    PrintWriter out = spec.commandLine().getOut();
    out.print(TerminalTable.of(read.tasks()));
    out.printf(
        "report: %s, %s, written to %s%n",
        Plural.text(read.tasks().size(), "task"),
        Bytes.text(text.getBytes(StandardCharsets.UTF_8).length),
        file);
    if (images > 0 && pictures.leftOut() > 0) {
      out.println("  " + Pictures.leftOut(pictures.leftOut()));
    }
    if (!pictures.any() && images > 0 && Pictures.anyIn(read)) {
      out.println(
          input == null
              ? "  no pictures: images are shown by name; --input, as extract was given, shows them"
              : "  no pictures: --input names none of the images, or none can be opened");
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
