package io.superneurons.jobs.run;

import io.superneurons.jobs.files.Leftovers;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of runs that lost the folder. Such a run may have stood still between its last look at the
 * lock and its commit, and put files into place long after that, whose rows its successor does
 * again. {@link Leftovers#removeStaged} takes what it would put there, but not on every store. So
 * the successor notes which files of the lost run it found, and counts on; whoever comes across
 * others takes them away: the successor when it ends, the lost run itself, or a later run.
 */
final class TakenOver {
  /** Notes are named so, with the name of the run that lost the folder. */
  private static final String NOTE = Leftovers.TAKEN;

  private static final Logger LOG = LoggerFactory.getLogger(TakenOver.class);

  private TakenOver() {}

  /** Notes the files of a run that lost the folder, of those that are counted on. */
  static void note(OutputFolder output, String run, EarlierFiles found) throws IOException {
    String names =
        Stream.of(found.older(), found.rowFiles(), found.errorFiles())
            .flatMap(files -> files.stream())
            .map(TakenOver::name)
            .filter(name -> ResultFiles.run(name).equals(Optional.of(run)))
            .sorted()
            .collect(Collectors.joining("\n"));
    output.write(NOTE + run, names);
  }

  /**
   * Removes a child of a folder that is cleared; a note stays, and says that nothing is counted on.
   */
  static void clear(OutputFolder output, String name) throws IOException {
    if (name.startsWith(NOTE)) {
      output.write(name, "");
    } else {
      output.delete(name);
    }
  }

  /** Removes what came late of any run that lost the folder; by the run that has it. */
  static void removeLate(OutputFolder output) throws IOException {
    Map<String, Set<String>> found = new HashMap<>();
    for (FileStatus child : output.children()) {
      String name = name(child);
      if (name.startsWith(NOTE)) {
        output.read(name).ifPresent(note -> found.put(name.substring(NOTE.length()), names(note)));
      }
    }
    removeOthers(output, found);
  }

  /** Removes what came late of a run that lost the folder, if its successor has looked by now. */
  static void removeLate(OutputFolder output, String run) throws IOException {
    Optional<String> note = output.read(NOTE + run);
    if (note.isPresent()) {
      removeOthers(output, Map.of(run, names(note.get())));
    }
  }

  private static Set<String> names(String note) {
    return Set.of(note.split("\n"));
  }

  /**
   * Removes files of lost runs that were not found.
   *
   * @param found names of files by run
   */
  private static void removeOthers(OutputFolder output, Map<String, Set<String>> found)
      throws IOException {
    if (found.isEmpty()) {
      return;
    }
    for (FileStatus file : EarlierFiles.written(output, "")) {
      Optional<Set<String>> known = ResultFiles.run(name(file)).map(found::get);
      if (known.isPresent() && !known.get().contains(name(file))) {
        LOG.warn(
            "Removing {}: it came after its run had lost the folder's lock; its rows are not lost",
            file.getPath());
        output.fileSystem().delete(file.getPath(), false);
      }
    }
  }

  private static String name(FileStatus file) {
    return file.getPath().getName();
  }
}
