package io.superneurons.jobs.input;

import io.superneurons.image.codec.ImageFormat;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds out what {@code --input} names: manifests by format, and folders of images, which the
 * driver does not list, since they may hold millions.
 */
final class InputFiles {
  private static final int HEAD_BYTES = 4096;
  private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Braces around a slash, which no part of a pattern can be told from. */
  private static final Pattern ALTERNATIVE_FOLDERS = Pattern.compile("\\{[^}]*/");

  private final Configuration conf;
  private final InputFormat asked;
  private final Map<InputFormat, Map<String, InputFile>> manifests =
      new EnumMap<>(InputFormat.class);
  private final Set<ImageFolder> images = new LinkedHashSet<>();

  private InputFiles(Configuration conf, InputFormat asked) {
    this.conf = conf;
    this.asked = asked;
  }

  /**
   * Looks at the inputs.
   *
   * @param asked the format, or AUTO
   * @throws ConfigurationException if one does not exist, cannot be read or is of no known format
   */
  static InputFiles find(Configuration conf, List<String> inputs, InputFormat asked) {
    InputFiles found = new InputFiles(conf, asked);
    for (String input : inputs) {
      try {
        found.add(input);
      } catch (FileNotFoundException e) {
        throw new ConfigurationException(
            "Input " + PathNames.of(conf, input) + " does not exist", e);
      } catch (IOException | IllegalArgumentException e) {
        throw new ConfigurationException("Cannot read input " + input + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  /** The manifests of a format, each once. */
  List<InputFile> manifests(InputFormat format) {
    return List.copyOf(manifests.getOrDefault(format, Map.of()).values());
  }

  /** Where images lie that no manifest names. */
  List<ImageFolder> images() {
    return List.copyOf(images);
  }

  private void add(String input) throws IOException {
    Path path = PathNames.path(input);
    FileSystem files = PathNames.fileSystem(conf, path);
    path = files.makeQualified(path);
    if (files.exists(path)) {
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        addFolder(files, status.getPath());
      } else {
        addFile(files, status);
      }
    } else if (new GlobFilter(input).hasPattern()) {
      addPattern(files, path);
    } else {
      throw new FileNotFoundException(input);
    }
  }

  private void addFile(FileSystem files, FileStatus status) throws IOException {
    InputFormat format = format(files, status);
    if (format == InputFormat.IMAGES) {
      images.add(ImageFolder.file(status.getPath()));
    } else {
      manifests
          .computeIfAbsent(format, f -> new LinkedHashMap<>())
          .put(status.getPath().toString(), InputFile.of(status));
    }
  }

  private InputFormat format(FileSystem files, FileStatus status) throws IOException {
    if (asked != InputFormat.AUTO) {
      return asked;
    }
    Optional<InputFormat> named = InputFormat.ofName(status.getPath().getName());
    return named.isPresent() ? named.get() : ofContent(files, status.getPath());
  }

  private static InputFormat ofContent(FileSystem files, Path path) throws IOException {
    byte[] head;
    try (InputStream in = files.open(path)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    if (Arrays.equals(head, 0, Math.min(head.length, 4), PARQUET_MAGIC, 0, 4)) {
      return InputFormat.PARQUET;
    }
    if (ImageFormat.isKnown(head)) {
      return InputFormat.IMAGES;
    }
    if (text.isEmpty() || text.startsWith("{")) {
      return InputFormat.JSON;
    }
    throw new ConfigurationException(
        "Cannot tell the format of input "
            + path
            + "; say it with --format json, csv, tsv, parquet"
            + " or images");
  }

  /** A folder with manifests at its top is those; any other is a folder of images. */
  private void addFolder(FileSystem files, Path folder) throws IOException {
    if (asked == InputFormat.IMAGES || !addManifests(files, folder, InputFiles::isVisible)) {
      images.add(ImageFolder.whole(folder));
    }
  }

  private static boolean isVisible(Path path) {
    return !path.getName().startsWith("_") && !path.getName().startsWith(".");
  }

  /** Adds the manifests among a folder's files, and says whether there are any. */
  private boolean addManifests(FileSystem files, Path folder, PathFilter filter)
      throws IOException {
    boolean any = false;
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (child.isFile() && filter.accept(child.getPath()) && isManifest(child.getPath())) {
        addFile(files, child);
        any = true;
      }
    }
    return any;
  }

  private boolean isManifest(Path path) {
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
      any |= folder.isDirectory() && addMatches(files, folder.getPath(), names, pattern.getName());
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
        addFolder(files, match.getPath());
      } else {
        addFile(files, match);
      }
    }
  }

  private boolean addMatches(FileSystem files, Path folder, GlobFilter names, String pattern)
      throws IOException {
    boolean manifest = false;
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
        addFolder(files, child.getPath());
      } else if (isManifest(child.getPath())) {
        addFile(files, child);
        manifest = true;
      } else if (InputFormat.ofName(child.getPath().getName()).isPresent()) {
        image = true;
      } else {
        unnamed.add(child);
      }
    }
    // beside files whose names say what they are, others are notes and the like
    for (FileStatus file : manifest || image ? List.<FileStatus>of() : unnamed) {
      addFile(files, file);
    }
    if (image && !manifest) {
      images.add(ImageFolder.matching(folder, pattern));
    }
    return matched;
  }
}
