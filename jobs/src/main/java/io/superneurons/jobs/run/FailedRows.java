package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which rows failed, in a few lines for the terminal: the files of errors have all of them. */
public final class FailedRows {
  private static final Logger LOG = LoggerFactory.getLogger(FailedRows.class);
  private static final int SHOWN = 5;
  private static final List<String> COLUMNS = List.of("id", "image", "error", "detail");

  private FailedRows() {}

  /** Prints the first of an output folder's rows that failed, and where the others are. */
  public static void print(OutputFolder output, PrintWriter out) throws IOException {
    List<Path> files =
        output.dataFiles().stream()
            .map(FileStatus::getPath)
            .filter(file -> ResultFiles.isErrorFile(file.getName()))
            .sorted()
            .toList();
    List<String> lines = lines(output, files);
    lines.stream().limit(SHOWN).forEach(line -> out.printf("           %s%n", line));
    if (lines.size() > SHOWN) {
      out.printf("           and others, in %s%n", files.get(0).getParent());
    }
  }

  private static List<String> lines(OutputFolder output, List<Path> files) {
    List<String> lines = new ArrayList<>();
    TableReader reader = new TableReader(output.fileSystem().getConf());
    try {
      for (Path file : files) {
        if (lines.size() <= SHOWN) {
          reader.readFile(file, COLUMNS, row -> lines.add(line(row)));
        }
      }
    } catch (ConfigurationException e) {
      LOG.warn("{}", e.getMessage());
    }
    return lines;
  }

  private static String line(TableRow row) {
    String image = row.textIfAny("image").or(() -> row.textIfAny("id")).orElse("?");
    String detail = row.textIfAny("detail").map(text -> ": " + text).orElse("");
    String told = row.textIfAny("error").orElse("") + detail;
    // What went wrong with a file often begins with its name, which the line has already.
    return image + ": " + told.replace(": " + image + ": ", ": ");
  }
}
