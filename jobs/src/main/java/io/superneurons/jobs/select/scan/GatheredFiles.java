package io.superneurons.jobs.select.scan;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Puts the labelled rows of many small files into a few, which scans read in their place: each look
 * at the activations opens each file once on each core, so that thousands of files would be opened
 * some hundred thousand times. The small files are opened once for it. Files that hold much stay as
 * they are: what opening them takes is little beside what reading them does.
 */
public final class GatheredFiles {
  /** Openings of a look that are few enough. */
  private static final int FEW_OPENINGS = 1_000;

  /** Most files that are made. */
  private static final int MOST = 64;

  /** Files that each core makes, so that all cores end at about the same time. */
  private static final int PER_CORE = 4;

  /** A file is small if the values of its rows take less. */
  private static final long SMALL = 32L << 20;

  /** Memory for a file's values beside that for a shard. */
  private static final int SHARE = 8;

  private final List<LayerSite> columns;
  private final ActivationsMetadata metadata;
  private final String place;
  private final long small;

  /**
   * @param columns those that scans will read
   * @param place a folder that scans can read; made if it is missing
   * @param bytes memory for one Spark task
   */
  public GatheredFiles(
      List<LayerSite> columns, ActivationsMetadata metadata, String place, long bytes) {
    this.columns = List.copyOf(columns);
    this.metadata = metadata;
    this.place = place;
    this.small = Math.min(SMALL, bytes / SHARE);
  }

  /**
   * Rows of some small files, for one file.
   *
   * @param number of the file that is made
   */
  public record Part(int number, ArrayList<FileRows> files) implements Serializable {}

  /** What to make of each part; travels to Spark tasks. */
  private record Work(ArrayList<LayerSite> columns, ActivationsMetadata metadata, String place)
      implements Serializable {}

  /**
   * Files that scans read: small ones gathered if there are many, and all others as they are.
   *
   * @throws UncheckedIOException within a Spark task, naming the file that cannot be read
   */
  public List<ScannedFile> of(JavaSparkContext context, List<FileRows> files) {
    int cores = context.defaultParallelism();
    List<FileRows> gathered =
        (long) files.size() * cores <= FEW_OPENINGS
            ? List.of()
            : files.stream().filter(file -> bytes(file) <= small).toList();
    if (gathered.isEmpty()) {
      return ScannedFile.of(context, files, columns);
    }
    List<FileRows> others = files.stream().filter(file -> bytes(file) > small).toList();
    List<ScannedFile> scanned = new ArrayList<>(gathered(context, gathered, cores));
    scanned.addAll(ScannedFile.of(context, others, columns));
    return ScannedFile.sharing(scanned);
  }

  private long bytes(FileRows file) {
    long row =
        columns.stream().mapToLong(column -> metadata.layout().width(column)).sum()
            * metadata.storeDType().bytes();
    return row * file.wanted();
  }

  private List<ScannedFile> gathered(JavaSparkContext context, List<FileRows> files, int cores) {
    context.sc().setJobDescription("select: gather the rows of " + files.size() + " files");
    int parts = Math.min(files.size(), Math.min(MOST, PER_CORE * cores));
    List<Part> dealt = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) part * files.size() / parts);
      int to = (int) ((long) (part + 1) * files.size() / parts);
      dealt.add(new Part(part, new ArrayList<>(files.subList(from, to))));
    }
    Work work = new Work(new ArrayList<>(columns), metadata, place);
    return context.parallelize(dealt, parts).map(part -> new Writing(work).write(part)).collect();
  }

  /** Writes the rows of a part; runs within a Spark task. */
  private static final class Writing {
    private final Work work;
    private final Configuration hadoop = ScanPlan.hadoop();
    private final ParquetReadOptions options = HadoopReadOptions.builder(hadoop).build();
    private final ActivationReader reader;
    private final List<Integer> targets = new ArrayList<>();

    Writing(Work work) {
      this.work = work;
      this.reader = new ActivationReader(List.of(), work.metadata.storeDType(), hadoop);
    }

    ScannedFile write(Part part) throws IOException {
      Path path = new Path(work.place, name(part));
      List<String> names = work.columns.stream().map(LayerSite::column).toList();
      MessageType schema = ParquetRows.schema("activations", List.of(), names);
      try (ParquetWriter<Object[]> out = ParquetRows.open(hadoop, path, schema)) {
        for (FileRows file : part.files) {
          for (Object[] row : rows(file)) {
            out.write(row);
          }
        }
      }
      int[] rows = targets.stream().mapToInt(Integer::intValue).toArray();
      FileChunks chunks = FileChunks.read(path.toString(), work.columns, hadoop);
      return new ScannedFile(new FileRows(path.toString(), rows), chunks);
    }

    /** An attempt that runs beside another, or after one, writes a file of its own. */
    private static String name(Part part) {
      return String.format(
          Locale.ROOT, "%05d-%d.parquet", part.number, TaskContext.get().taskAttemptId());
    }

    /** The wanted rows of a file in its order, each the values of all columns. */
    private List<Object[]> rows(FileRows file) {
      try {
        HadoopInputFile input = HadoopInputFile.fromPath(new Path(file.path()), hadoop);
        try (SeekableInputStream stream = input.newStream()) {
          FileChunks chunks = FileChunks.read(input, stream, work.columns, hadoop);
          return rows(stream, new ScannedFile(file, chunks));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file.path(), e);
      }
    }

    private List<Object[]> rows(SeekableInputStream stream, ScannedFile file) {
      List<List<byte[]>> values = new ArrayList<>(); // [columns, rows]
      for (LayerSite column : work.columns) {
        List<byte[]> ofColumn = new ArrayList<>();
        boolean isFirst = values.isEmpty();
        ActivationReader.Sink sink =
            (target, scalars) -> {
              ofColumn.add(bytes(scalars));
              if (isFirst) {
                targets.add(target);
              }
            };
        int width = work.metadata.layout().width(column);
        reader.read(stream, file, new ActivationReader.Wanted(column, width, sink), options);
        values.add(ofColumn);
      }
      return IntStream.range(0, values.get(0).size())
          .mapToObj(row -> values.stream().map(column -> column.get(row)).toArray())
          .toList();
    }

    private static byte[] bytes(ByteBuffer scalars) {
      byte[] bytes = new byte[scalars.remaining()];
      scalars.duplicate().get(bytes);
      return bytes;
    }
  }
}
