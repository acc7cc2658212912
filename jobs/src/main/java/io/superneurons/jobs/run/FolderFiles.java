package io.superneurons.jobs.run;

import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.RowCounts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of rows that an output folder is to hold: those that were there when the run began, and
 * those that it committed. A file that comes from elsewhere meanwhile is of a run that lost the
 * lock; its rows are done again by this one, and must not be there twice.
 */
final class FolderFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FolderFiles.class);

  private final OutputFolder output;
  private final RunLock lock;
  private final Map<Path, Long> bytes = new HashMap<>();

  private FolderFiles(OutputFolder output, RunLock lock) {
    this.output = output;
    this.lock = lock;
  }

  /** What is there already: files that were counted, and errors in the folders of other dates. */
  static FolderFiles begin(OutputFolder output, RunLock lock, EarlierFiles earlier)
      throws IOException {
    FolderFiles files = new FolderFiles(output, lock);
    Stream.of(earlier.older(), earlier.rowFiles(), earlier.errorFiles())
        .flatMap(List::stream)
        .forEach(files::add);
    if (!earlier.dateFolder().isEmpty()) {
      output.dataFiles().stream()
          .filter(file -> ResultFiles.isErrorFile(file.getPath().getName()))
          .filter(file -> !file.getPath().getParent().getName().equals(earlier.dateFolder()))
          .forEach(files::add);
    }
    return files;
  }

  private void add(FileStatus file) {
    bytes.put(file.getPath(), file.getLen());
  }

  /** Deletes files, on purpose. */
  void delete(List<FileStatus> files) throws IOException {
    for (FileStatus file : files) {
      lock.requireHeld();
      output.fileSystem().delete(file.getPath(), false);
      bytes.remove(file.getPath());
    }
  }

  /**
   * Looks for the files of a wave, which are among those to be there from now on.
   *
   * @param places folders of the wave's files
   * @param counts what the wave's Spark tasks counted
   * @throws IllegalStateException if the files' footers do not say the same
   */
  void committed(int wave, ResultFiles places, RowCounts counts) throws IOException {
    RowCounts found = RowCounts.none();
    for (String folder : new TreeSet<>(List.of(places.rowFolder(), places.errorFolder()))) {
      for (FileStatus file : list(folder)) {
        String name = file.getPath().getName();
        if (ResultFiles.wave(name) == wave
            && ResultFiles.run(name).equals(Optional.of(lock.run()))) {
          found = found.plus(EarlierFiles.counts(output.fileSystem().getConf(), file));
          add(file);
        }
      }
    }
    if (found.rows() != counts.rows() || !found.errors().equals(counts.errors())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Wave %d of %s was committed with %,d rows done and %,d failed, but its files hold %,d"
                  + " and %,d; see that nothing else writes there, and run again with --resume",
              wave,
              output,
              counts.rows(),
              counts.errorCount(),
              found.rows(),
              found.errorCount()));
    }
  }

  private List<FileStatus> list(String folder) throws IOException {
    try {
      Path path = folder.isEmpty() ? output.path() : new Path(output.path(), folder);
      return List.of(output.fileSystem().listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * Checks that these files are there and no others; one of a run that lost the lock is removed.
   *
   * @throws IllegalStateException if one is missing, has changed, or is of nobody
   */
  void requireExact() throws IOException {
    Map<Path, Long> missing = new HashMap<>(bytes);
    for (FileStatus file : output.dataFiles()) {
      String name = file.getPath().getName();
      if (ResultFiles.isRowFile(name) || ResultFiles.isErrorFile(name)) {
        Long expected = missing.remove(file.getPath());
        if (expected == null) {
          removeStray(file.getPath());
        } else if (expected != file.getLen()) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "%s had %,d bytes and has %,d now; something else writes to the folder",
                  file.getPath(),
                  expected,
                  file.getLen()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%d files of rows are gone from %s, such as %s; run again with --resume to do their rows",
              missing.size(),
              output,
              new TreeSet<>(missing.keySet()).first()));
    }
  }

  private void removeStray(Path file) throws IOException {
    if (ResultFiles.run(file.getName()).isEmpty()) {
      throw new IllegalStateException(
          String.format(
                  Locale.ROOT,
                  "%s came into the folder while this run wrote it, and holds rows of another program;",
                  file)
              + " take it away and run again with --resume");
    }
    lock.requireHeld();
    LOG.warn("Removing {}: it is of a run that lost the folder's lock; its rows are done", file);
    output.fileSystem().delete(file, false);
  }
}
