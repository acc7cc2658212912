package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.dataset.DatasetFormat;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.ImagePaths;
import io.superneurons.jobs.input.InputFormat;
import io.superneurons.jobs.input.LabelSource;
import io.superneurons.jobs.input.ManifestRecord;
import io.superneurons.jobs.input.RowParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Options of the jobs that read image-question pairs. */
@HelpGroup(
    value = "Which images, and what is asked",
    example = "--input photos --question \"Is there a dog?\"")
public final class InputOptions {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Manifests (JSON Lines, CSV, TSV or Parquet; image paths are relative to them), tar files"
              + " of images with labels beside them, or images without a manifest; files, folders,"
              + " tables (table:CATALOG.DB.NAME), patterns such as 'photos/*.jpg' and ranges such"
              + " as 'shards/{000..099}.tar', on any file system that Hadoop knows.")
  private List<String> inputs;

  @Option(
      names = "--format",
      paramLabel = "auto|json|csv|tsv|parquet|tar|images",
      defaultValue = "auto",
      description = "What the input is; auto goes by names, then by content.")
  private InputFormat format;

  @Option(
      names = "--dataset-format",
      paramLabel = "NAME",
      description =
          "The input is the files that a public data set comes in: vqav2, gqa, pope, a-okvqa,"
              + " scienceqa, vizwiz, or tables of lmms-eval or vlmevalkit. Their images are looked"
              + " for beside them and in --image-roots.")
  private String dataset;

  @Option(
      names = "--input-format",
      paramLabel = "NAME",
      description =
          "A source of Spark's that reads the input, such as delta, iceberg or binaryFile; tables"
              + " of a catalog are table:CATALOG.DB.NAME without it. Their rows are copied beside"
              + " the output while the run reads them.")
  private String inputFormat;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only rows of a table for which this holds, in SQL, such as \"day = '2026-03-14'\".")
  private String where;

  @Option(
      names = "--columns",
      paramLabel = "FIELD=NAME",
      split = ",",
      description =
          "Columns of other names, such as image=file,question=prompt; fields: image, question, id,"
              + " task, split, label, choices. FIELD= says that there is none.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--labels-from",
      paramLabel = "column|folder",
      defaultValue = "column",
      description =
          "What says the label of a row that brings none: nothing but its column, or the folder"
              + " that its image is in, as in photos/train/cat/1.jpg; folders train, val and test"
              + " above it say the split. Default: ${DEFAULT-VALUE}.")
  private LabelSource labelsFrom;

  @Option(
      names = "--question",
      paramLabel = "TEXT",
      description = "Question of rows that bring none, such as those of a folder of images.")
  private String question;

  @Option(
      names = "--image-roots",
      paramLabel = "DIR",
      split = ",",
      description =
          "Folders that a manifest's images may lie in, beside the manifest's own folder. Links"
              + " on local disks may not lead out of them.")
  private List<String> imageRoots = List.of();

  @Option(
      names = "--allow-schemes",
      paramLabel = "SCHEME",
      split = ",",
      description =
          "URI schemes, such as http or s3a, whose files a manifest may name wherever they lie:"
              + " any host, and with file any path.")
  private List<String> allowSchemes = List.of();

  private boolean isCopyOfTables;

  /** Whether the input is the copy of tables, in which no place of a row says anything. */
  public boolean isCopyOfTables() {
    return isCopyOfTables;
  }

  List<String> inputs() {
    return inputs;
  }

  InputFormat format() {
    return format;
  }

  /**
   * The public data set whose files the input is.
   *
   * @throws ConfigurationException if there is no such set, or the input is said to be another
   */
  Optional<DatasetFormat> dataset() {
    if (dataset == null) {
      return Optional.empty();
    }
    if (format != InputFormat.AUTO || isTables()) {
      throw new ConfigurationException(
          "--dataset-format says what the files are; it goes without --format, --input-format and"
              + " tables");
    }
    return Optional.of(DatasetFormat.of(dataset));
  }

  /** Whether the input is tables and not files. */
  boolean isTables() {
    long tables = inputs.stream().filter(input -> input.startsWith(InputTables.TABLE)).count();
    if (tables > 0 && (tables < inputs.size() || inputFormat != null)) {
      throw new ConfigurationException(
          "--input takes tables (table:NAME) or files, not both, and tables go without"
              + " --input-format");
    }
    if (tables == 0 && inputFormat == null && where != null) {
      throw new ConfigurationException("--where is for tables: table:NAME, or with --input-format");
    }
    return tables > 0 || inputFormat != null;
  }

  /** Null where the input is no source of Spark's. */
  String inputFormat() {
    return inputFormat;
  }

  Optional<String> where() {
    return Optional.ofNullable(where);
  }

  FieldColumns fieldColumns() {
    return FieldColumns.of(columns);
  }

  /** The same options of another input, in Parquet. */
  InputOptions over(String folder) {
    InputOptions other = new InputOptions();
    other.inputs = List.of(folder);
    other.isCopyOfTables = true;
    other.format = InputFormat.PARQUET;
    other.columns = columns;
    other.labelsFrom = labelsFrom;
    other.question = question;
    other.imageRoots = imageRoots;
    other.allowSchemes = allowSchemes;
    return other;
  }

  LabelSource labelsFrom() {
    return labelsFrom;
  }

  /** Whether the folders that images are in say their labels. */
  public boolean takesFoldersForLabels() {
    return labelsFrom == LabelSource.FOLDER;
  }

  /** Null if none is given. */
  public String question() {
    return question == null || question.isBlank() ? null : question;
  }

  /** What makes rows of records. */
  public RowParser parser(Configuration conf) {
    TreeSet<String> schemes = new TreeSet<>();
    allowSchemes.forEach(
        scheme -> schemes.add(scheme.strip().replace("://", "").toLowerCase(Locale.ROOT)));
    return new RowParser(
        fieldColumns(),
        new ImagePaths(imageRoots(conf), schemes),
        question(),
        labelsFrom,
        ManifestRecord.Shape.PLAIN);
  }

  /** Folders that images may lie in beside the manifest's, with their file systems. */
  List<String> imageRoots(Configuration conf) {
    return imageRoots.stream().map(root -> qualified(conf, root)).toList();
  }

  private static String qualified(Configuration conf, String root) {
    try {
      Path path = PathNames.path(root.strip());
      return path.getFileSystem(conf).makeQualified(path).toString();
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw new ConfigurationException("--image-roots " + root + ": " + e.getMessage(), e);
    }
  }

  /**
   * The options that name the rows' images, as words of a command line that may be given anywhere
   * on this host; empty for tables, whose copy goes.
   */
  public List<String> arguments(Configuration conf) {
    if (isTables()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("--input"));
    inputs.forEach(input -> words.add(anywhere(conf, input)));
    if (format != InputFormat.AUTO) {
      words.addAll(List.of("--format", format.name().toLowerCase(Locale.ROOT)));
    }
    if (dataset != null) {
      words.addAll(List.of("--dataset-format", dataset));
    }
    if (takesFoldersForLabels()) {
      words.addAll(List.of("--labels-from", "folder"));
    }
    columns.forEach((field, name) -> words.addAll(List.of("--columns", field + "=" + name)));
    for (String root : imageRoots) {
      words.addAll(List.of("--image-roots", anywhere(conf, root.strip())));
    }
    for (String scheme : allowSchemes) {
      words.addAll(List.of("--allow-schemes", scheme));
    }
    return words;
  }

  /** A path with all that stands above it; a local one without its scheme. */
  private static String anywhere(Configuration conf, String given) {
    return PathNames.isUri(given) ? given : qualified(conf, given).replaceFirst("^file:/+", "/");
  }

  /** Refuses an output folder whose clearing would remove what is to be read. */
  public void requireApartFrom(OutputFolder output) {
    for (String input : inputs) {
      if (input.startsWith(InputTables.TABLE)) {
        continue;
      }
      // a name may look like a pattern
      output.requireApartFrom(PathNames.path(input).toString());
      // the folder above the first part that is a pattern
      String fixed = input.replaceFirst("/[^/]*[*?\\[{].*", "/");
      if (fixed.equals(input)) {
        output.requireOutside(input);
      } else {
        output.requireApartFrom(fixed);
      }
    }
    imageRoots.forEach(root -> output.requireApartFrom(root.strip()));
  }

  /** For messages. */
  @Override
  public String toString() {
    return inputs.size() == 1
        ? inputs.get(0)
        : inputs.get(0) + " and " + (inputs.size() - 1) + " more";
  }
}
