package io.superneurons.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs that did not end left in an output folder, of files that never appeared. Whose they are
 * follows from the lock: only its holder stages files there, so what was last written before a run
 * got the lock belongs to a run that has lost it. What is younger is left alone, unless it is of
 * the very run whose lock was taken over: a run that believes itself the holder, and is not any
 * more, must not remove what its successor stages.
 */
public final class Leftovers {
  /** Names of folders where files of whole commands wait begin so. */
  public static final String STAGED = "_staged-";

  /**
   * Names of folders of what is being replaced begin so; they go when something is in its place.
   */
  public static final String REPLACED = "_replaced-";

  /** Names of notes on the files of runs that lost the folder begin so. */
  public static final String TAKEN = "_taken-";

  private static final String MAGIC = "__magic";
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Beginnings of the names of all that a run has in the folder only while it runs. */
  private static final List<String> UNFINISHED =
      List.of("_lock", FileOutputCommitter.PENDING_DIR_NAME, MAGIC, STAGED, REPLACED, TAKEN);

  private Leftovers() {}

  /** Whether a file or folder of this name is there only while a run writes, or of a dead one. */
  public static boolean isUnfinished(String name) {
    return UNFINISHED.stream().anyMatch(name::startsWith);
  }

  /**
   * Removes what is older than the lock.
   *
   * @param output the folder, locked by the caller
   * @param locked when, by the clock of the file system
   */
  public static void remove(OutputFolder output, Instant locked) throws IOException {
    FileSystem files = output.fileSystem();
    List<FileStatus> places = new ArrayList<>(below(files, pending(output)));
    for (FileStatus child : output.children()) {
      String name = child.getPath().getName();
      if (name.startsWith(MAGIC) || name.startsWith(STAGED)) {
        places.add(child);
      }
    }
    for (FileStatus place : places) {
      if (written(files, place) < locked.toEpochMilli()) {
        LOG.info("Removing {}, left by a run that did not end", place.getPath());
        files.delete(place.getPath(), true);
      }
    }
    deleteIfEmpty(files, pending(output));
  }

  /**
   * Takes away what a run staged that has lost the folder, before anybody looks what the folder
   * holds: that run may stand still right before it puts these files into place, and now it cannot
   * any more. A place is moved aside first, in one step where the file system has such a one, so
   * that it is never half there. On an object store a run that has read already which uploads to
   * complete goes on.
   *
   * @param output the folder, locked by the caller
   * @param run the run whose lock was taken over
   */
  public static void removeStaged(OutputFolder output, String run) throws IOException {
    FileSystem files = output.fileSystem();
    for (FileStatus place : below(files, pending(output))) {
      if (isOf(files, place, run)) {
        Path aside = place.getPath().suffix("-" + run);
        boolean moved = moved(files, place.getPath(), aside);
        files.delete(moved ? aside : place.getPath(), true);
      }
    }
    for (FileStatus child : output.children()) {
      String name = child.getPath().getName();
      if (name.startsWith(MAGIC) && name.contains(run)) {
        files.delete(child.getPath(), true);
      }
    }
    deleteIfEmpty(files, pending(output));
  }

  private static boolean moved(FileSystem files, Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (FileNotFoundException e) {
      return false; // the run itself takes it away just now
    }
  }

  /** Hadoop names Spark tasks and their attempts by the run. */
  private static boolean isOf(FileSystem files, FileStatus place, String run) throws IOException {
    Path attempts = new Path(place.getPath(), FileOutputCommitter.PENDING_DIR_NAME);
    return Stream.of(below(files, place.getPath()), below(files, attempts))
        .flatMap(List::stream)
        .anyMatch(child -> child.getPath().getName().contains("_" + run + "_"));
  }

  private static Path pending(OutputFolder output) {
    return new Path(output.path(), FileOutputCommitter.PENDING_DIR_NAME);
  }

  /** When anything in it was last written; object stores have no time for a folder. */
  private static long written(FileSystem files, FileStatus place) throws IOException {
    long latest = place.isFile() ? place.getModificationTime() : Long.MIN_VALUE;
    if (place.isDirectory()) {
      for (FileStatus child : below(files, place.getPath())) {
        latest = Math.max(latest, written(files, child));
      }
    }
    return latest == Long.MIN_VALUE ? place.getModificationTime() : latest;
  }

  private static List<FileStatus> below(FileSystem files, Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Removes a folder that holds nothing; should something come into it meanwhile, it stays. */
  public static void deleteIfEmpty(FileSystem files, Path folder) {
    try {
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    } catch (IOException e) {
      LOG.debug("{} stays", folder, e);
    }
  }
}
