package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.TextStream;
import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.FileParts;
import io.superneurons.jobs.input.InputFormat;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.JsonRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of a published set, looked at on the driver before anything is done. */
public final class PublishedFile {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedFile.class);

  /** Of so many records one has an image that is there. */
  private static final int LOOKED_AT = 20;

  private final Configuration conf;
  private final DatasetFormat format;
  private final FileSystem files;
  private final FileStatus file;
  private final String path;
  private final String name;

  private PublishedFile(
      Configuration conf, DatasetFormat format, FileSystem files, FileStatus file) {
    this.conf = conf;
    this.format = format;
    this.files = files;
    this.file = file;
    this.path = file.getPath().toString();
    this.name = file.getPath().getName();
  }

  /**
   * The parts of a file.
   *
   * @param roots folders that its images may lie in beside its own, with their file systems
   * @throws ConfigurationException if it is of another layout, or its images are not there
   */
  public static List<InputPart> parts(
      Configuration conf,
      DatasetFormat format,
      FileSystem files,
      FileStatus file,
      List<String> roots)
      throws IOException {
    PublishedFile published = new PublishedFile(conf, format, files, file);
    List<InputPart> parts = published.parts();
    SetShape shape = new SetShape(format, published.name, published.images(parts, roots));
    return parts.stream().<InputPart>map(part -> new DatasetPart(part, shape)).toList();
  }

  private List<InputPart> parts() throws IOException {
    long bytes = file.getLen();
    return switch (format.set().layout().kind()) {
      case LINES -> FileParts.of(conf, InputFormat.JSON, path, bytes);
      case TSV -> FileParts.of(conf, InputFormat.TSV, path, bytes);
      case PARQUET -> FileParts.of(conf, InputFormat.PARQUET, path, bytes);
      case ARRAY, BY_ID, UNDER -> List.of(new JsonTreePart(path, bytes, format, answers()));
    };
  }

  /** The file of answers, where the set has one beside its questions. */
  private String answers() throws IOException {
    Optional<String> beside = format.set().answers(name);
    if (beside.isEmpty()) {
      return null;
    }
    Path answers = new Path(file.getPath().getParent(), beside.get());
    if (!answers.getName().equals(name) && files.exists(answers)) {
      return answers.toString();
    }
    LOG.warn("{} has no file {} beside it: its questions have no labels", path, answers.getName());
    return null;
  }

  /** Where the images are; of a set that holds them, or paths to them, nowhere in particular. */
  private ImagesAt images(List<InputPart> parts, List<String> roots) throws IOException {
    if (format.set().layout().isTable()) {
      requireMarks(parts.get(0).columns(conf));
      return new ImagesAt("", 0);
    }
    Head head = head();
    head.columns().ifPresent(this::requireMarks);
    List<List<String>> places = new ArrayList<>();
    for (PublishedRecord record : head.records()) {
      try {
        places.add(format.set().images(record, name));
      } catch (BadRowException e) {
        LOG.debug("A row of {} will say what is wrong with it", path, e);
      }
    }
    return places.isEmpty() ? new ImagesAt("", 0) : found(places, roots);
  }

  /**
   * The first records of a file.
   *
   * @param columns of the first of them, or of the last record without an image; empty where the
   *     file has no record
   * @param records those that have images; none where the first lacks a mark of its set
   */
  private record Head(Optional<Set<String>> columns, List<PublishedRecord> records) {}

  private void requireMarks(Set<String> columns) {
    if (!hasMarks(columns)) {
      throw otherLayout(
          "its questions have the fields "
              + new TreeSet<>(columns)
              + " and not all of "
              + format.set().marks());
    }
  }

  private ConfigurationException otherLayout(String why) {
    return new ConfigurationException(
        path
            + " is not laid out as --dataset-format "
            + format.label()
            + " is published: "
            + why
            + ". Give "
            + format.files()
            + "; a manifest of your own is read without --dataset-format");
  }

  private boolean hasMarks(Set<String> columns) {
    return columns.containsAll(format.set().marks());
  }

  private Head head() throws IOException {
    try {
      return format.set().layout().isTree() ? headOfTree() : headOfLines();
    } catch (BadRowException | ConfigurationException e) {
      throw otherLayout(e.getMessage());
    }
  }

  private Head headOfTree() throws IOException, BadRowException {
    Set<String> columns = null;
    List<PublishedRecord> head = new ArrayList<>();
    try (JsonTree tree = JsonTree.open(conf, path, format.set().layout())) {
      while (head.size() < LOOKED_AT && (columns == null || hasMarks(columns))) {
        ObjectNode one = tree.next();
        if (one == null) {
          break;
        }
        JsonRecord record = new JsonRecord(one);
        columns = head.isEmpty() ? record.columns() : columns;
        if (hasMarks(columns) && format.set().hasImage(new PublishedRecord(record))) {
          head.add(new PublishedRecord(record));
        }
      }
    }
    return new Head(Optional.ofNullable(columns), head);
  }

  /** Not read as a manifest, which would be told how to become one. */
  private Head headOfLines() throws IOException, BadRowException {
    Set<String> columns = null;
    List<PublishedRecord> head = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(TextStream.open(conf, path, 0), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      for (; line != null && head.size() < LOOKED_AT; line = lines.readLine()) {
        if (!line.isBlank()) {
          JsonRecord record = JsonRecord.of(line);
          columns = columns == null ? record.columns() : columns;
          head.add(new PublishedRecord(record));
        }
      }
    }
    return new Head(Optional.ofNullable(columns), head);
  }

  /** The first folder and place in which an image lies. */
  private ImagesAt found(List<List<String>> places, List<String> roots) throws IOException {
    List<String> folders = new ArrayList<>(roots);
    folders.add(0, file.getPath().getParent().toString());
    for (int place = 0; place < places.get(0).size(); place++) {
      for (String folder : folders) {
        for (List<String> image : places) {
          Path there = new Path(new Path(folder), new Path(null, null, image.get(place)));
          if (there.getFileSystem(conf).exists(there)) {
            return new ImagesAt(folder.equals(folders.get(0)) ? "" : folder, place);
          }
        }
      }
    }
    throw new ConfigurationException(
        "No image of the first questions of "
            + path
            + " is there: looked for "
            + String.join(", ", places.get(0))
            + " in "
            + String.join(" and ", folders)
            + "; name the folder that holds them with --image-roots");
  }
}
