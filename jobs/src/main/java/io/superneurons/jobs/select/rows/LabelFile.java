package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.TextStream;
import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.FileParts;
import io.superneurons.jobs.input.InputFormat;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.JsonRecord;
import io.superneurons.jobs.input.ManifestRecord;
import io.superneurons.jobs.input.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * A table of labels as it lies in a file, in a folder of files that Spark wrote, or in a {@link
 * LabelTree}. Text is read as manifests are, but the first record that cannot be used ends it: what
 * a reader passes over is a label that is lost without a word.
 *
 * @param path as the user gave it
 */
record LabelFile(String path) {
  /**
   * Column of why a record cannot be used, which text files have; null in those that can be. A file
   * ends with its first such record.
   */
  static final String PROBLEM = "beside_problem";

  /** Enough to see whether a file is an array. */
  private static final int HEAD_BYTES = 16;

  /**
   * Its rows, columns of text files as texts.
   *
   * @param wanted names of columns that are needed; others of text files are null
   * @throws ConfigurationException if it cannot be read
   */
  Dataset<Row> table(SparkSession spark, Predicate<String> wanted) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    try {
      Optional<InputFormat> named = format();
      if (named.isEmpty()) {
        return tree(spark, conf);
      }
      InputFormat format = named.get();
      if (format == InputFormat.PARQUET) {
        return PathNames.reader(spark).parquet(PathNames.path(path).toString());
      }
      List<FileStatus> files = files(conf);
      Optional<String> array =
          format == InputFormat.JSON && files.size() == 1
              ? array(conf, files.get(0).getPath())
              : Optional.empty();
      return array.isPresent()
          ? table(spark, LabelStudioLabels.records(array.get(), path), wanted)
          : table(spark, parts(conf, files, format), wanted);
    } catch (ConfigurationException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("--labels " + path + " does not exist", e);
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new ConfigurationException(
          "Cannot read --labels " + path + ": " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  /** The format that the name tells; empty for a folder of folders. */
  private Optional<InputFormat> format() {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
    return switch (name.replaceFirst(".*\\.", "")) {
      case "csv" -> Optional.of(InputFormat.CSV);
      case "tsv" -> Optional.of(InputFormat.TSV);
      case "jsonl", "ndjson", "json" -> Optional.of(InputFormat.JSON);
      case "parquet" -> Optional.of(InputFormat.PARQUET);
      default -> Optional.empty();
    };
  }

  private Dataset<Row> tree(SparkSession spark, Configuration conf) throws IOException {
    Path folder = PathNames.path(path);
    FileSystem files = PathNames.fileSystem(conf, folder);
    Optional<FileStatus> status =
        files.exists(folder) ? Optional.of(files.getFileStatus(folder)) : Optional.empty();
    Optional<Dataset<Row>> tree =
        status.isPresent() && status.get().isDirectory()
            ? LabelTree.table(spark, files, status.get().getPath())
            : Optional.empty();
    return tree.orElseThrow(
        () ->
            new ConfigurationException(
                "--labels "
                    + path
                    + ": a name that ends in .csv, .tsv, .jsonl or .parquet is needed, or a folder"
                    + " of folders"));
  }

  private List<FileStatus> files(Configuration conf) throws IOException {
    Path file = PathNames.path(path);
    FileSystem files = PathNames.fileSystem(conf, file);
    FileStatus status = files.getFileStatus(file);
    if (!status.isDirectory()) {
      return List.of(status);
    }
    List<FileStatus> found = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, status.getPath());
    while (children.hasNext()) {
      FileStatus child = children.next();
      String name = child.getPath().getName();
      if (!child.isDirectory() && !PathNames.isHidden(name)) {
        found.add(child);
      }
    }
    if (found.isEmpty()) {
      throw new ConfigurationException("--labels " + path + " has no files to read");
    }
    found.sort(null);
    return found;
  }

  private static ArrayList<InputPart> parts(
      Configuration conf, List<FileStatus> files, InputFormat format) {
    ArrayList<InputPart> parts = new ArrayList<>();
    for (FileStatus file : files) {
      parts.addAll(FileParts.of(conf, format, file.getPath().toString(), file.getLen()));
    }
    return parts;
  }

  private static Dataset<Row> table(
      SparkSession spark, ArrayList<InputPart> parts, Predicate<String> wanted) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    List<Integer> numbers = IntStream.range(0, parts.size()).boxed().toList();
    context.sc().setJobDescription("select: read the table of labels");
    List<Tuple2<Boolean, String>> heads =
        context
            .parallelize(numbers, parts.size())
            .flatMap(number -> head(conf.value().value(), parts.get(number)).iterator())
            .distinct()
            .collect();
    heads.stream()
        .filter(Tuple2::_1)
        .map(Tuple2::_2)
        .sorted()
        .findFirst()
        .ifPresent(
            problem -> {
              throw new ConfigurationException(problem);
            });
    List<String> all = heads.stream().map(Tuple2::_2).sorted().toList();
    List<String> columns = withoutTwins(all, wanted);
    ArrayList<String> read = read(columns, wanted);
    JavaRDD<Row> rows =
        context
            .parallelize(numbers, parts.size())
            .flatMap(number -> rows(conf.value().value(), parts.get(number), read));
    return spark.createDataFrame(rows, schema(columns).add(PROBLEM, DataTypes.StringType));
  }

  private Dataset<Row> table(
      SparkSession spark, List<JsonRecord> records, Predicate<String> wanted) {
    TreeSet<String> all = new TreeSet<>();
    records.forEach(record -> all.addAll(record.columns()));
    List<String> columns = withoutTwins(all, wanted);
    List<String> read = read(columns, wanted);
    List<Row> rows = new ArrayList<>();
    for (JsonRecord record : records) {
      try {
        rows.add(row(record, read));
      } catch (BadRowException e) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT, "--labels %s, object %d: %s", path, rows.size() + 1, e.getMessage()),
            e);
      }
    }
    return spark.createDataFrame(rows, schema(columns).add(PROBLEM, DataTypes.StringType));
  }

  /** Spark could not tell {@code Label} from {@code label}. */
  private static List<String> withoutTwins(Collection<String> columns, Predicate<String> wanted) {
    List<String> needed = columns.stream().filter(wanted).toList();
    return columns.stream()
        .filter(
            column -> wanted.test(column) || needed.stream().noneMatch(column::equalsIgnoreCase))
        .toList();
  }

  /** The columns that are read, in the others' places null. */
  private static ArrayList<String> read(List<String> columns, Predicate<String> wanted) {
    ArrayList<String> read = new ArrayList<>();
    columns.forEach(column -> read.add(wanted.test(column) ? column : null));
    return read;
  }

  private static StructType schema(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema;
  }

  /**
   * The columns of a part: its header's, or those that any of its records has. Where it cannot be
   * read, the reason, and true beside it: of an exception Spark would tell at length.
   */
  private static List<Tuple2<Boolean, String>> head(Configuration conf, InputPart part)
      throws IOException {
    TreeSet<String> columns = new TreeSet<>();
    try (InputPart.Records records = part.records(conf)) {
      columns.addAll(records.columns());
      boolean hasHeader = !columns.isEmpty();
      try {
        while (!hasHeader && records.next() != null) {
          columns.addAll(records.columns());
        }
      } catch (BadRowException e) {
        return List.of(new Tuple2<>(true, problem(part, records, e)));
      }
    } catch (ConfigurationException e) {
      return List.of(new Tuple2<>(true, "--labels: " + e.getMessage()));
    }
    return columns.stream().map(column -> new Tuple2<>(false, column)).toList();
  }

  /**
   * The texts of a part's records, and at last {@link #PROBLEM} of the first that cannot be used;
   * runs within a Spark task, at whose end the file is closed.
   */
  private static Iterator<Row> rows(Configuration conf, InputPart part, List<String> columns)
      throws IOException {
    InputPart.Records records = part.records(conf);
    TaskCompletionListener end = task -> close(records);
    TaskContext.get().addTaskCompletionListener(end);
    return Stream.iterate(
            next(part, records, columns),
            Objects::nonNull,
            row -> row.isNullAt(columns.size()) ? next(part, records, columns) : null)
        .iterator();
  }

  /** Null after the last one. */
  private static Row next(InputPart part, InputPart.Records records, List<String> columns) {
    try {
      ManifestRecord record = records.next();
      return record == null ? null : row(record, columns);
    } catch (BadRowException e) {
      return bad(columns, problem(part, records, e));
    } catch (ConfigurationException e) {
      return bad(columns, "--labels: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + part.path(), e);
    }
  }

  private static Row bad(List<String> columns, String problem) {
    Object[] values = new Object[columns.size() + 1];
    values[columns.size()] = problem;
    return RowFactory.create(values);
  }

  private static void close(InputPart.Records records) {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String problem(InputPart part, InputPart.Records records, BadRowException e) {
    return String.format(
        Locale.ROOT,
        "--labels: %s (%s %d%s of %s)",
        e.getMessage(),
        part.unit(),
        records.number(),
        part.start() == 0 ? "" : " after byte " + part.start(),
        part.path());
  }

  /** The texts of a record, and no {@link #PROBLEM}. */
  private static Row row(ManifestRecord record, List<String> columns) throws BadRowException {
    Object[] texts = new Object[columns.size() + 1];
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column);
      texts[column] = name != null && record.has(name) ? record.text(name) : null;
    }
    return RowFactory.create(texts);
  }

  /** The text of a file that is one array; empty for JSON Lines. */
  private static Optional<String> array(Configuration conf, Path file) throws IOException {
    try (InputStream in = TextStream.open(conf, file.toString(), 0)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      String start =
          new String(head, StandardCharsets.ISO_8859_1).replaceFirst("^\u00EF\u00BB\u00BF", "");
      if (!start.stripLeading().startsWith("[")) {
        return Optional.empty();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(head);
      in.transferTo(all);
      return Optional.of(Utf8.decode(all.toByteArray()).replaceFirst("^\uFEFF", ""));
    }
  }
}
