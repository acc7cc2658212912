package io.superneurons.jobs.input;

import io.superneurons.image.codec.ImageFormat;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.SideBySide;
import io.superneurons.jobs.files.TextStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int HEAD_BYTES = 4096;
  private static final int THREADS = 16;
  private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Braces around a slash, which no part of a pattern can be told from. */
  private static final Pattern ALTERNATIVE_FOLDERS = Pattern.compile("\\{[^}]*/");

  /** In which rows of different parts follow each other. */
  private static final Comparator<InputPart> ORDER =
      Comparator.comparing(InputPart::path).thenComparingLong(InputPart::start);

  private final Configuration conf;
  private final InputFormat asked;

  /** What was found, by path and reach; several inputs may name one file. */
  private final Map<String, List<InputPart>> found = new LinkedHashMap<>();

  private InputFiles(Configuration conf, InputFormat asked) {
    this.conf = conf;
    this.asked = asked;
  }

  /**
   * The parts of all inputs, in the order of their rows.
   *
   * @throws ConfigurationException if one does not exist, cannot be read or is of no known format
   */
  public static List<InputPart> find(Configuration conf, InputOptions input) {
    List<Callable<InputFiles>> looks = new ArrayList<>();
    input.inputs().forEach(path -> looks.add(() -> find(conf, path, input.format())));
    InputFiles all = new InputFiles(conf, input.format());
    SideBySide.call(looks, THREADS).forEach(one -> all.found.putAll(one.found));
    return all.found.values().stream().flatMap(List::stream).sorted(ORDER).toList();
  }

  private static InputFiles find(Configuration conf, String input, InputFormat asked) {
    InputFiles files = new InputFiles(conf, asked);
    try {
      files.add(input);
      return files;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(
          "Input " + PathNames.of(conf, input) + " does not exist" + files.meant(input), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("Cannot read input " + input + ": " + e.getMessage(), e);
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
    long bytes = status.getLen();
    switch (format(files, status)) {
      case JSON -> found.put(path, jsonParts(path, bytes));
      case CSV -> found.put(path, List.of(new CsvPart(path, bytes, ',')));
      case TSV -> found.put(path, List.of(new CsvPart(path, bytes, '\t')));
      case PARQUET -> found.put(path, parquetParts(path, bytes));
      case IMAGES -> addImages(ImageFolder.file(status.getPath()));
      case AUTO -> throw new IllegalStateException("The format of a file is known by now");
    }
  }

  private List<InputPart> jsonParts(String path, long bytes) {
    if (TextStream.isCompressed(conf, path)) {
      return List.of(new JsonPart(path, 0, Long.MAX_VALUE));
    }
    List<InputPart> parts = new ArrayList<>();
    long cut = JsonPart.CUT_BYTES;
    for (long start = 0; start == 0 || start < bytes; start += cut) {
      parts.add(new JsonPart(path, start, Math.min(bytes, start + cut)));
    }
    return parts;
  }

  private static List<InputPart> parquetParts(String path, long bytes) {
    List<InputPart> parts = new ArrayList<>();
    long cut = ParquetPart.CUT_BYTES;
    for (long start = 0; start == 0 || start < bytes; start += cut) {
      parts.add(new ParquetPart(path, start, Math.min(bytes, start + cut)));
    }
    return parts;
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
      addImages(ImageFolder.whole(folder));
    }
  }

  private static boolean isImage(Path path) {
    return InputFormat.ofName(path.getName()).filter(f -> f == InputFormat.IMAGES).isPresent();
  }

  private static boolean isVisible(Path path) {
    return !path.getName().startsWith("_") && !path.getName().startsWith(".");
  }

  /** Adds the manifests among a folder's files, and says whether there are any. */
  private boolean addManifests(FileSystem files, Path folder, PathFilter filter)
      throws IOException {
    boolean any = false;
    boolean anyImage = false;
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      anyImage |= isImage(child.getPath());
      if (child.isFile() && filter.accept(child.getPath()) && isManifest(child.getPath())) {
        addFile(files, child);
        any = true;
      }
    }
    if (any && anyImage) {
      LOG.warn(
          "{} is read as the manifests in it; images beside them that no manifest names are left"
              + " out (--format images takes all images, and no manifest)",
          SafeText.of(folder));
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
        addFolder(files, PathPatterns.named(child));
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
      addImages(ImageFolder.matching(folder, pattern));
    }
    return matched;
  }
}
