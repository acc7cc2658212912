package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.FilesBelow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What a pattern matches, part by part; Hadoop's own search fails where a name has a colon. */
final class PathPatterns {
  private PathPatterns() {}

  /**
   * The files and folders that match, in the order of their paths.
   *
   * @param pattern with its file system; null matches nothing
   */
  static List<FileStatus> matches(FileSystem files, Path pattern) throws IOException {
    Map<String, FileStatus> found = new TreeMap<>();
    if (pattern != null) {
      String scheme = pattern.toUri().getScheme();
      String authority = pattern.toUri().getAuthority();
      Path root = new Path(scheme, authority, "/");
      for (String alternative : GlobExpander.expand(pattern.toUri().getPath())) {
        for (FileStatus match : below(files, root, alternative.split("/"))) {
          found.put(match.getPath().toString(), match);
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  /**
   * The path of what was found.
   *
   * @throws ConfigurationException if it is no UTF-8, so that it cannot be opened by it
   */
  static Path named(FileStatus found) {
    if (found instanceof FilesBelow.Unnameable) {
      throw new ConfigurationException(
          "The name of "
              + found.getPath()
              + " is not UTF-8 (the bytes are shown as %XX); rename it");
    }
    return found.getPath();
  }

  private static List<FileStatus> below(FileSystem files, Path root, String[] parts)
      throws IOException {
    List<FileStatus> matches = List.of(files.getFileStatus(root));
    for (String part : parts) {
      if (!part.isEmpty()) {
        List<FileStatus> next = new ArrayList<>();
        for (FileStatus folder : matches) {
          if (folder.isDirectory()) {
            addMatches(files, named(folder), part, next);
          }
        }
        matches = next;
      }
    }
    return matches;
  }

  private static void addMatches(
      FileSystem files, Path folder, String part, List<FileStatus> matches) throws IOException {
    GlobFilter filter = new GlobFilter(part);
    if (!filter.hasPattern()) {
      String name = part.replaceAll("\\\\(.)", "$1");
      try {
        matches.add(files.getFileStatus(new Path(folder, new Path(null, null, name))));
      } catch (FileNotFoundException e) {
        return; // a pattern says what may be, not what must
      }
    } else {
      RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
      while (children.hasNext()) {
        FileStatus child = children.next();
        if (filter.accept(child.getPath())) {
          matches.add(child);
        }
      }
    }
  }
}
