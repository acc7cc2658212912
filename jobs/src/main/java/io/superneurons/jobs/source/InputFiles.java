package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.SideBySide;
import io.superneurons.jobs.input.FolderNames;
import io.superneurons.jobs.input.ImageFolder;
import io.superneurons.jobs.input.InputFormat;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.LabelSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what {@code --input} names: manifests by format, and folders of images, which the
 * driver does not list, since they may hold millions. Each file is looked at once; inputs side by
 * side, since a store answers each question after a while.
 */
public final class InputFiles {
  private static final Logger LOG = LoggerFactory.getLogger(InputFiles.class);
  private static final int THREADS = 16;

  /** Braces around a slash, which no part of a pattern can be told from. */
  private static final Pattern ALTERNATIVE_FOLDERS = Pattern.compile("\\{[^}]*/");

  /** What Hugging Face's ImageFolder reads in a folder of images. */
  private static final List<String> METADATA =
      List.of("metadata.csv", "metadata.jsonl", "metadata.parquet");

  /** In which rows of different parts follow each other. */
  private static final Comparator<InputPart> ORDER =
      Comparator.comparing(InputPart::path).thenComparingLong(InputPart::start);

  private final Configuration conf;
  private final InputFormat asked;
  private final LabelSource labelsFrom;
  private final InputOptions input;

  /** What was found, by path and reach; several inputs may name one file. */
  private final Map<String, List<InputPart>> found = new LinkedHashMap<>();

  private InputFiles(Configuration conf, InputOptions input) {
    this.conf = conf;
    this.input = input;
    this.asked = input.format();
    this.labelsFrom = input.labelsFrom();
  }

  /**
   * The parts of all inputs, in the order of their rows.
   *
   * @throws ConfigurationException if one does not exist, cannot be read or is of no known format
   */
  public static List<InputPart> find(Configuration conf, InputOptions input) {
    List<Callable<InputFiles>> looks = new ArrayList<>();
    NumberRanges.expanded(input.inputs()).forEach(path -> looks.add(() -> find(conf, path, input)));
    InputFiles all = new InputFiles(conf, input);
    SideBySide.call(looks, THREADS).forEach(one -> all.found.putAll(one.found));
    return all.found.values().stream().flatMap(List::stream).sorted(ORDER).toList();
  }

  private static InputFiles find(Configuration conf, String path, InputOptions input) {
    InputFiles files = new InputFiles(conf, input);
    try {
      files.add(path);
      return files;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(
          "Input " + PathNames.of(conf, path) + " does not exist" + files.meant(path), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("Cannot read input " + path + ": " + e.getMessage(), e);
    }
  }

  /** What to write instead of a list with commas, where each of its parts is there. */
  private String meant(String input) {
    String[] parts = input.split(",");
    return parts.length > 1 && Arrays.stream(parts).allMatch(this::exists)
        ? "; separate inputs by spaces: --input " + String.join(" ", parts)
        : "";
  }

  private boolean exists(String input) {
    try {
      Path path = PathNames.path(input);
      return PathNames.fileSystem(conf, path).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private void add(String input) throws IOException {
    Path path = PathNames.path(input);
    FileSystem files = PathNames.fileSystem(conf, path);
    path = files.makeQualified(path);
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      if (!new GlobFilter(input).hasPattern()) {
        throw e;
      }
      addPattern(files, path);
      return;
    }
    if (status.isDirectory()) {
      addFolder(files, status.getPath());
    } else {
      addFile(files, status);
    }
  }

  private void addImages(ImageFolder folder) {
    found.putIfAbsent(folder.toString(), List.of(folder));
  }

  private void addFile(FileSystem files, FileStatus status) throws IOException {
    String path = PathPatterns.named(status).toString();
    found.put(path, InputFile.parts(conf, input, files, status));
  }

  /** A folder with manifests at its top is those; any other is a folder of images. */
  private void addFolder(FileSystem files, Path folder) throws IOException {
    boolean any =
        asked != InputFormat.IMAGES
            && (addManifests(files, folder, InputFiles::isVisible) || addSplits(files, folder));
    if (!any && input.dataset().isPresent()) {
      throw new ConfigurationException(
          "Folder "
              + folder
              + " has no file that is called as --dataset-format "
              + input.dataset().get().label()
              + " publishes it; give "
              + input.dataset().get().files());
    }
    if (!any) {
      addImages(ImageFolder.whole(folder));
    }
  }

  /**
   * Adds a folder of splits, as Hugging Face's ImageFolder lays them out with {@code metadata.csv},
   * {@code .jsonl} or {@code .parquet} in each, and says whether it is one. A split without such a
   * file is the images in it.
   */
  private boolean addSplits(FileSystem files, Path folder) throws IOException {
    if (labelsFrom != LabelSource.FOLDER) {
      return false;
    }
    List<FileStatus> metadata = new ArrayList<>();
    List<Path> without = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (child.isDirectory() && FolderNames.isSplit(child.getPath().getName())) {
        List<FileStatus> found = metadata(files, child.getPath());
        metadata.addAll(found);
        if (found.isEmpty()) {
          without.add(child.getPath());
        }
      }
    }
    for (FileStatus file : metadata) {
      addFile(files, file);
    }
    if (!metadata.isEmpty()) {
      without.forEach(split -> addImages(ImageFolder.whole(split)));
    }
    return !metadata.isEmpty();
  }

  private static List<FileStatus> metadata(FileSystem files, Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (String name : METADATA) {
      Path file = new Path(folder, name);
      if (files.exists(file)) {
        found.add(files.getFileStatus(file));
      }
    }
    return found;
  }

  private static boolean isImage(Path path) {
    return InputFormat.ofName(path.getName()).filter(f -> f == InputFormat.IMAGES).isPresent();
  }

  private static boolean isVisible(Path path) {
    return !PathNames.isHidden(path.getName());
  }

  /** Adds the manifests among a folder's files, and says whether there are any. */
  private boolean addManifests(FileSystem files, Path folder, PathFilter filter)
      throws IOException {
    boolean any = false;
    boolean anyImage = false;
    List<FileStatus> manifests = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      anyImage |= isImage(child.getPath());
      if (child.isFile() && filter.accept(child.getPath()) && isManifest(child.getPath())) {
        manifests.add(child);
      }
    }
    for (FileStatus manifest : ShardNames.withoutTables(manifests)) {
      addFile(files, manifest);
      any = true;
    }
    if (any && anyImage && input.dataset().isEmpty()) {
      LOG.warn(
          "{} is read as the manifests in it; images beside them that no manifest names are left"
              + " out (--format images takes all images, and no manifest)",
          SafeText.of(folder));
    }
    return any;
  }

  private boolean isManifest(Path path) {
    if (input.dataset().isPresent()) {
      return input.dataset().get().reads(path.getName());
    }
    if (asked != InputFormat.AUTO) {
      return asked != InputFormat.IMAGES;
    }
    return InputFormat.ofName(path.getName()).filter(f -> f != InputFormat.IMAGES).isPresent();
  }

  /** Only folders are matched here; a pattern's last part is matched where the files are listed. */
  private void addPattern(FileSystem files, Path pattern) throws IOException {
    if (ALTERNATIVE_FOLDERS.matcher(pattern.toString()).find()) {
      addAll(files, pattern);
      return;
    }
    Path above = pattern.getParent();
    GlobFilter names = new GlobFilter(pattern.getName());
    boolean any = false;
    for (FileStatus folder : PathPatterns.matches(files, above)) {
      any |=
          folder.isDirectory()
              && addMatches(files, PathPatterns.named(folder), names, pattern.getName());
    }
    if (!any) {
      throw new ConfigurationException("Input " + pattern + " matches no file");
    }
  }

  private void addAll(FileSystem files, Path pattern) throws IOException {
    List<FileStatus> matches = PathPatterns.matches(files, pattern);
    if (matches.isEmpty()) {
      throw new ConfigurationException("Input " + pattern + " matches no file");
    }
    for (FileStatus match : matches) {
      if (match.isDirectory()) {
        addFolder(files, PathPatterns.named(match));
      } else {
        addFile(files, match);
      }
    }
  }

  private boolean addMatches(FileSystem files, Path folder, GlobFilter names, String pattern)
      throws IOException {
    List<FileStatus> manifests = new ArrayList<>();
    boolean image = false;
    boolean matched = false;
    List<FileStatus> unnamed = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (!isVisible(child.getPath()) || !names.accept(child.getPath())) {
        continue;
      }
      matched = true;
      if (child.isDirectory()) {
        addFolder(files, PathPatterns.named(child));
      } else if (isManifest(child.getPath())) {
        manifests.add(child);
      } else if (InputFormat.ofName(child.getPath().getName()).isPresent()) {
        image = true;
      } else {
        unnamed.add(child);
      }
    }
    for (FileStatus file : ShardNames.withoutTables(manifests)) {
      addFile(files, file);
    }
    boolean manifest = !manifests.isEmpty();
    // beside files whose names say what they are, others are notes and the like
    for (FileStatus file : manifest || image ? List.<FileStatus>of() : unnamed) {
      addFile(files, file);
    }
    if (image && !manifest && input.dataset().isEmpty()) {
      addImages(ImageFolder.matching(folder, pattern));
    }
    return matched;
  }
}
