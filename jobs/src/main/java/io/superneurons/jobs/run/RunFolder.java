package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.files.Leftovers;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.jobs.wave.StopSignal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An output folder while a run writes it: locked, with {@code _run.json}, and either new or what an
 * earlier run of the same settings left.
 */
public final class RunFolder implements AutoCloseable {
  /** A file of this name says that a run came to its end. */
  private static final String SUCCESS = "_SUCCESS";

  private static final int DIGITS = 16;

  private static final String REST = " another run, with --resume or --incremental, does the rest";

  private final OutputFolder output;
  private final RunLock lock;
  private EarlierFiles committed;
  private FolderFiles files;

  private RunFolder(OutputFolder output, RunLock lock) {
    this.output = output;
    this.lock = lock;
  }

  /**
   * Locks the folder and makes it ready: empty, or as the last wave left it.
   *
   * @param settings everything that changes results
   * @param dateFolder the folder below it that new rows go to; empty for the output folder itself
   * @throws ConfigurationException if another run has it, or it was written with other settings
   */
  static RunFolder begin(OutputFolder output, RunSettings settings, String dateFolder)
      throws IOException {
    RunLock lock = RunLock.acquire(output);
    try {
      RunFolder folder = new RunFolder(output, lock);
      folder.prepare(settings, dateFolder);
      return folder;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Whether a folder lacks rows that the run which wrote it was to do: it failed, was ended, or was
   * killed. What another program wrote is whole.
   *
   * @throws ConfigurationException if a run that is alive is writing it
   */
  public static boolean isUnfinished(Configuration conf, String folder) throws IOException {
    Path given = PathNames.path(folder);
    FileSystem files = given.getFileSystem(conf);
    Path path = files.makeQualified(given);
    boolean isUnfinished =
        files.exists(new Path(path, RunSettings.FILE_NAME))
            && !files.exists(new Path(path, SUCCESS));
    if (isUnfinished) {
      RunLock.requireLeft(files, path, folder);
    }
    return isUnfinished;
  }

  private void prepare(RunSettings settings, String dateFolder) throws IOException {
    for (String lost : lock.lost()) {
      Leftovers.removeStaged(output, lost);
    }
    switch (output.existing()) {
      case REFUSE -> refuseContent();
      case OVERWRITE -> clear();
      case RESUME -> requireResumable(output, settings);
    }
    output.delete(StopSignal.FILE_NAME);
    lock.requireHeld();
    Leftovers.remove(output, lock.acquired());
    if (recorded(output).isEmpty()) {
      output.write(RunSettings.FILE_NAME, settings.toJson());
    }
    TakenOver.removeLate(output);
    committed = EarlierFiles.in(output, dateFolder);
    for (String lost : lock.lost()) {
      TakenOver.note(output, lost, committed);
    }
    files = FolderFiles.begin(output, lock, committed);
  }

  /** Another run may have written to the folder since it was checked. */
  private void refuseContent() throws IOException {
    if (content().findAny().isPresent()) {
      throw new ConfigurationException(
          "Output " + output + " exists; choose a new folder, or add --resume or --overwrite");
    }
  }

  private Stream<FileStatus> content() throws IOException {
    return content(output);
  }

  private static Stream<FileStatus> content(OutputFolder output) throws IOException {
    return output.children().stream()
        .filter(child -> !child.getPath().getName().contains(RunLock.FILE_NAME));
  }

  private void clear() throws IOException {
    output.requireReplaceable();
    for (FileStatus child : content().toList()) {
      lock.requireHeld();
      TakenOver.clear(output, child.getPath().getName());
    }
  }

  /**
   * Checks that an earlier run's rows were made with these settings.
   *
   * @throws ConfigurationException if not, or if nothing says what made them
   */
  static void requireResumable(OutputFolder output, RunSettings settings) throws IOException {
    Optional<String> recorded = recorded(output);
    if (recorded.isPresent()) {
      settings.requireSame(recorded.get(), output.toString());
    } else if (content(output).anyMatch(file -> !isSettings(file))) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Output %s cannot be resumed: it has no %s, which says what made it",
              output,
              RunSettings.FILE_NAME));
    }
  }

  /**
   * The settings of an earlier run. One that was killed at its start may have left an empty file.
   */
  private static Optional<String> recorded(OutputFolder output) throws IOException {
    return output.read(RunSettings.FILE_NAME).filter(text -> !text.isBlank());
  }

  private static boolean isSettings(FileStatus file) {
    return file.getPath().getName().equals(RunSettings.FILE_NAME);
  }

  /** What earlier runs committed. */
  public EarlierFiles committed() {
    return committed;
  }

  /** The folder itself. */
  public OutputFolder output() {
    return output;
  }

  /** Says that rows are left, until the run ends; a run that is refused leaves what was said. */
  void unfinished() throws IOException {
    output.delete(SUCCESS);
  }

  /** Checks that the folder is still this run's; before anything is committed. */
  void requireHeld() throws IOException {
    lock.requireHeld();
  }

  /** Takes away what this run put there when it had lost the folder, if it has. */
  void removeLate() throws IOException {
    TakenOver.removeLate(output, lock.run());
  }

  /** Writes a small text file, in a folder that is still this run's. */
  public void write(String name, String text) throws IOException {
    lock.requireHeld();
    output.write(name, text);
  }

  /**
   * Names the settings that all rows of the folder were made with, as the first of its runs wrote
   * them down, so that it stays the same for later ones and later versions.
   */
  public String madeBy() throws IOException {
    return Digests.sha256(recorded(output).orElse("")).substring(0, DIGITS);
  }

  /** Names this run, as no other; twelve letters and digits. */
  String run() {
    return lock.run();
  }

  /** Deletes files of failed rows, which are to be done again. */
  void deleteErrors(List<FileStatus> errors) throws IOException {
    files.delete(errors);
  }

  /**
   * Checks that a wave's files are there, with all of its rows, and that the folder is still this
   * run's.
   *
   * @throws IllegalStateException if they are not
   */
  void requireCommitted(int wave, ResultFiles places, RowCounts counts) throws IOException {
    lock.requireHeld();
    files.committed(wave, places, counts);
  }

  /**
   * Checks that the folder holds what it is said to hold: the files of earlier runs and of this
   * one, no others, and after a run to the end each of its rows.
   *
   * @throws IllegalStateException if not
   */
  void requireWhole(Outcome outcome, RunPlan plan) throws IOException {
    lock.requireHeld();
    files.requireExact();
    long tried = outcome.counts().rows() + outcome.counts().errorCount();
    long asked = plan.pending();
    if (outcome.end() == Outcome.End.DONE && tried != asked) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%,d rows were to be done, and %,d are done or failed in %s; run again with --resume,"
                  + " and leave the input as it is while a run reads it",
              asked,
              tried,
              output));
    }
  }

  /**
   * Ends the run.
   *
   * @param plan of the run
   * @throws RunStoppedException if rows are left, or more failed than may
   */
  public void end(Outcome outcome, RunPlan plan) throws IOException {
    lock.requireHeld();
    output.delete(StopSignal.FILE_NAME);
    RowCounts counts = outcome.counts();
    switch (outcome.end()) {
      case DONE -> output.write(SUCCESS, "");
      case TOO_MANY_ERRORS ->
          throw new RunStoppedException(
              String.format(
                  Locale.ROOT,
                  "%,d of %,d rows failed, more than --max-errors allows: %s. What is done is kept;"
                      + REST,
                  counts.errorCount(),
                  counts.rows() + counts.errorCount(),
                  counts.errorsByName()));
      case NOTHING_DONE ->
          throw new RunStoppedException(
              String.format(
                  Locale.ROOT,
                  "None of the %,d rows could be done: %s. Errors are kept;" + REST,
                  counts.errorCount(),
                  counts.errorsByName()));
      case STOPPED ->
          throw new RunStoppedException(
              String.format(
                  Locale.ROOT,
                  "Stopped by %s/%s, with %,d rows left;" + REST,
                  output,
                  StopSignal.FILE_NAME,
                  plan.pending() - counts.tried()));
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
