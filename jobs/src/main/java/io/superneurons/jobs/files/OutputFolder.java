package io.superneurons.jobs.files;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that a job writes. */
public final class OutputFolder {
  /**
   * The folder of rows that failed, below the output folder; its name is hidden, yet it holds data.
   */
  public static final String ERRORS = "_errors";

  private final FileSystem files;
  private final Path path;
  private final Existing existing;

  private OutputFolder(FileSystem files, Path path, Existing existing) {
    this.files = files;
    this.path = path;
    this.existing = existing;
  }

  /**
   * Checks the folder before any work; nothing is touched yet.
   *
   * @throws ConfigurationException if it is there and may not be replaced, or holds what this
   *     program did not write, or cannot be reached
   */
  public static OutputFolder check(Configuration conf, String output, Existing existing) {
    Path path = PathNames.path(output);
    try {
      FileSystem files = path.getFileSystem(conf);
      if (existing == Existing.REFUSE && files.exists(path)) {
        throw new ConfigurationException(
            "Output "
                + path
                + " exists; choose a new folder or add --overwrite (extract and label: --resume"
                + " goes on where a run stopped)");
      }
      if (existing != Existing.REFUSE && files.exists(path) && files.getFileStatus(path).isFile()) {
        throw new ConfigurationException("Output " + path + " is a file; name a folder");
      }
      OutputFolder folder = new OutputFolder(files, files.makeQualified(path), existing);
      folder.requireReplaceable();
      return folder;
    } catch (IOException e) {
      throw new ConfigurationException("Cannot write output " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks, where the folder's content is to be replaced, that a run of this program made it.
   *
   * @throws ConfigurationException if not; the message names what would have gone
   */
  public void requireReplaceable() throws IOException {
    if (existing == Existing.OVERWRITE) {
      OwnFolders.requireOwn(this);
    }
  }

  /**
   * Checks that clearing the folder would not remove what is still to be read.
   *
   * @throws ConfigurationException if the input is the folder itself or lies in it
   */
  public void requireApartFrom(String input) {
    Path read = qualified(input);
    if (isWithin(read, path)) {
      throw new ConfigurationException(
          "Output " + path + " holds the input " + input + "; choose another folder");
    }
  }

  /**
   * The same, and that a folder whose content is to be replaced does not lie in the input.
   *
   * @param input a file, or a folder all of which is read
   */
  public void requireOutside(String input) {
    requireApartFrom(input);
    if (existing == Existing.OVERWRITE && isWithin(path, qualified(input))) {
      throw new ConfigurationException(
          "Output " + path + " lies in the input " + input + "; choose a folder outside of it");
    }
  }

  private Path qualified(String input) {
    return PathNames.path(input).makeQualified(files.getUri(), files.getWorkingDirectory());
  }

  /** Whether one lies in the other, or is it, by their names or by where links lead. */
  private static boolean isWithin(Path inner, Path outer) {
    return isBelow(inner, outer) || isBelow(PathNames.real(inner), PathNames.real(outer));
  }

  private static boolean isBelow(Path inner, Path outer) {
    for (Path at = inner; at != null; at = at.getParent()) {
      if (at.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  /** The folder, with its file system. */
  public Path path() {
    return path;
  }

  /** What to do with what it holds. */
  public Existing existing() {
    return existing;
  }

  /** The file system that it is on. */
  public FileSystem fileSystem() {
    return files;
  }

  /** Writes a small text file into the folder, replacing one of that name. */
  public void write(String name, String text) throws IOException {
    try (OutputStream out = files.create(new Path(path, name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The text of a small file in the folder; empty if there is none. */
  public Optional<String> read(String name) throws IOException {
    try (InputStream in = files.open(new Path(path, name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Removes a file or folder of that name, if there is one. */
  public void delete(String name) throws IOException {
    files.delete(new Path(path, name), true);
  }

  /** What lies directly in the folder; nothing if it does not exist. */
  public List<FileStatus> children() throws IOException {
    try {
      return List.of(files.listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * The files in the folder and those below it, without folders of committers and the like; rows
   * that failed may lie in {@value #ERRORS}.
   */
  public List<FileStatus> dataFiles() throws IOException {
    List<FileStatus> found = new ArrayList<>();
    List<FileStatus> left = new ArrayList<>(children());
    while (!left.isEmpty()) {
      FileStatus next = left.remove(left.size() - 1);
      String name = next.getPath().getName();
      boolean hidden = PathNames.isHidden(name);
      if (next.isFile() && !hidden) {
        found.add(next);
      } else if (next.isDirectory() && (!hidden || name.equals(ERRORS))) {
        left.addAll(List.of(files.listStatus(next.getPath())));
      }
    }
    return found;
  }

  /** Where the folder is, for messages. */
  @Override
  public String toString() {
    return path.toString();
  }
}
