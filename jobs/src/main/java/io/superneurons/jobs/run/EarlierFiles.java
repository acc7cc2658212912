package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.jobs.wave.WaveWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * What an output folder holds of earlier waves.
 *
 * @param dateFolder the folder below it that the run writes, which {@code rowFiles}, {@code
 *     errorFiles} and {@code counts} are of; empty for the output folder itself, with all of it
 * @param older files in the folders of other dates, of rows that are done and rows that failed
 * @param rowFiles of rows that are done
 * @param errorFiles of rows that failed
 * @param counts of the rows that are done
 */
public record EarlierFiles(
    String dateFolder,
    List<FileStatus> older,
    List<FileStatus> rowFiles,
    List<FileStatus> errorFiles,
    RowCounts counts) {

  /** Of a new folder. */
  static EarlierFiles none(String dateFolder) {
    return new EarlierFiles(dateFolder, List.of(), List.of(), List.of(), RowCounts.none());
  }

  /**
   * What is to stay of a folder.
   *
   * @throws ConfigurationException if it has a later date's folder than the run is to write
   */
  static EarlierFiles in(OutputFolder output, String dateFolder) throws IOException {
    if (output.existing() != Existing.RESUME) {
      return none(dateFolder);
    }
    List<FileStatus> own = new ArrayList<>();
    List<FileStatus> older = new ArrayList<>();
    resultFiles(output).forEach(file -> (isIn(dateFolder, file) ? own : older).add(file));
    requireNoLater(output, dateFolder, older);
    List<FileStatus> rows = own.stream().filter(file -> ResultFiles.isRowFile(name(file))).toList();
    List<FileStatus> errors =
        own.stream().filter(file -> ResultFiles.isErrorFile(name(file))).toList();
    Configuration conf = output.fileSystem().getConf();
    RowCounts counts =
        rows.parallelStream()
            .map(file -> counts(conf, file))
            .reduce(RowCounts.none(), RowCounts::plus);
    return new EarlierFiles(dateFolder, older, rows, errors, counts);
  }

  /**
   * The latest date has the current row of an id, so a run must not write behind it: new rows would
   * count less than those that they replace.
   */
  private static void requireNoLater(
      OutputFolder output, String dateFolder, List<FileStatus> older) {
    String latest =
        older.stream()
            .filter(file -> !EarlierTable.date(file.getPath().toString()).isEmpty())
            .map(file -> file.getPath().getParent().getName())
            .max(Comparator.naturalOrder())
            .orElse(dateFolder);
    if (latest.compareTo(dateFolder) > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Output %s has rows of %s, and the run would write %s, behind them; give that date or"
                  + " a later one by --run-date, and see whether the clock of this host is right",
              output,
              latest,
              dateFolder));
    }
  }

  private static Stream<FileStatus> resultFiles(OutputFolder output) throws IOException {
    return output.dataFiles().stream()
        .filter(file -> ResultFiles.isRowFile(name(file)) || ResultFiles.isErrorFile(name(file)));
  }

  /** The files that a folder has now, of rows that are done and rows that failed. */
  static List<FileStatus> written(OutputFolder output, String dateFolder) throws IOException {
    return resultFiles(output).filter(file -> isIn(dateFolder, file)).toList();
  }

  private static boolean isIn(String dateFolder, FileStatus file) {
    return dateFolder.isEmpty() || file.getPath().getParent().getName().equals(dateFolder);
  }

  private static String name(FileStatus file) {
    return file.getPath().getName();
  }

  /** What a file's footer says of its rows. */
  static RowCounts counts(Configuration conf, FileStatus file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
      String counts = reader.getFileMetaData().getKeyValueMetaData().get(WaveWriter.COUNTS);
      if (counts == null) {
        throw new IOException(file.getPath() + " was not written by a run of this program");
      }
      return RowCounts.fromJson(counts);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.getPath() + ": " + e.getMessage(), e);
    }
  }

  /** The first number that no wave has used. */
  int nextWave() {
    return Stream.concat(rowFiles.stream(), errorFiles.stream())
            .mapToInt(file -> ResultFiles.wave(name(file)))
            .max()
            .orElse(-1)
        + 1;
  }
}
