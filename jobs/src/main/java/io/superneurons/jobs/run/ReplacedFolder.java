package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.Leftovers;
import io.superneurons.jobs.files.OutputFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An output folder whose content a command replaces as a whole: locked, with what is new in a
 * hidden folder within it until all of it is there. A command that fails leaves what was there
 * before.
 */
public final class ReplacedFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplacedFolder.class);

  private final OutputFolder output;
  private final FileSystem files;
  private final RunLock lock;
  private final Path staged;
  private final Path replaced;
  private final Path meanwhile;

  /** A file or folder that was renamed, so that it can be put back. */
  private record Move(Path from, Path to) {}

  private ReplacedFolder(OutputFolder output, RunLock lock) {
    this.output = output;
    this.files = output.fileSystem();
    this.lock = lock;
    this.staged = new Path(output.path(), Leftovers.STAGED + lock.run());
    this.replaced = new Path(output.path(), Leftovers.REPLACED + lock.run());
    this.meanwhile = new Path(output.path(), Leftovers.STAGED + lock.run() + "-meanwhile");
  }

  /**
   * Locks the folder, and makes it if it is missing; its content stays as it is.
   *
   * @throws ConfigurationException if another run has it, or it holds something that may not go
   */
  public static ReplacedFolder begin(OutputFolder output) throws IOException {
    RunLock lock = RunLock.acquire(output);
    ReplacedFolder folder = new ReplacedFolder(output, lock);
    try {
      folder.requireReplaceable();
      Leftovers.remove(output, lock.acquired());
      return folder;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private void requireReplaceable() throws IOException {
    if (output.existing() == Existing.REFUSE && !content().isEmpty()) {
      throw new ConfigurationException(
          "Output " + output + " exists; choose a new folder or add --overwrite");
    }
    output.requireReplaceable();
  }

  /** What stands there for others to read. */
  private List<FileStatus> content() throws IOException {
    return output.children().stream()
        .filter(child -> !Leftovers.isUnfinished(child.getPath().getName()))
        .toList();
  }

  /** Where to write what is new. */
  public Path path() {
    return staged;
  }

  /** Where to write what is needed only until this is closed; a folder that is not there yet. */
  public Path meanwhile() {
    return meanwhile;
  }

  /** Writes a small text file that is to be in the folder. */
  public void write(String name, String text) throws IOException {
    output.write(staged.getName() + "/" + name, text);
  }

  /**
   * Puts what was written in the place of what was there before, or, should that fail, leaves all
   * as it was.
   *
   * @param marker the file by which readers know the folder: the first to go and the last to come
   */
  public void appear(String marker) throws IOException {
    lock.requireHeld();
    requireReplaceable();
    List<FileStatus> written = ordered(List.of(files.listStatus(staged)), marker);
    List<Move> done = new ArrayList<>();
    try {
      files.mkdirs(replaced);
      for (FileStatus old : reversed(ordered(content(), marker))) {
        move(old.getPath(), replaced, done);
      }
      for (FileStatus fresh : written) {
        move(fresh.getPath(), output.path(), done);
      }
      lock.requireHeld(); // one that was lost meanwhile leaves its successor's content there
    } catch (IOException | RuntimeException e) {
      putBack(done, e);
      throw e;
    }
    removeReplaced();
  }

  /** By name, the marker last. */
  private static List<FileStatus> ordered(List<FileStatus> files, String marker) {
    return files.stream()
        .sorted(
            Comparator.comparing((FileStatus file) -> file.getPath().getName().equals(marker))
                .thenComparing(FileStatus::getPath))
        .toList();
  }

  private static List<FileStatus> reversed(List<FileStatus> files) {
    List<FileStatus> reversed = new ArrayList<>(files);
    Collections.reverse(reversed);
    return reversed;
  }

  private void move(Path from, Path folder, List<Move> done) throws IOException {
    Path to = new Path(folder, from.getName());
    if (!files.rename(from, to)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
    done.add(new Move(from, to));
  }

  private void putBack(List<Move> done, Exception reason) {
    for (int i = done.size() - 1; i >= 0; i--) {
      Move move = done.get(i);
      try {
        if (!files.rename(move.to(), move.from())) {
          throw new IOException("Cannot move " + move.to() + " back to " + move.from());
        }
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /** Also what a run left that was killed while it put its files in place. */
  private void removeReplaced() throws IOException {
    for (FileStatus child : output.children()) {
      if (child.getPath().getName().startsWith(Leftovers.REPLACED)) {
        lock.requireHeld();
        files.delete(child.getPath(), true);
      }
    }
  }

  /** Removes what did not appear, and lets others in; a folder that holds nothing goes. */
  @Override
  public void close() throws IOException {
    try {
      files.delete(staged, true);
      files.delete(meanwhile, true);
      if (files.exists(replaced) && files.listStatus(replaced).length == 0) {
        files.delete(replaced, false);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove {}; a later run will", staged, e);
    } finally {
      lock.close();
    }
    Leftovers.deleteIfEmpty(files, output.path());
  }
}
