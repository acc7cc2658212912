package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One Parquet file as scans read it.
 *
 * @param rows where its rows go
 * @param chunks where its columns lie
 */
public record ScannedFile(FileRows rows, FileChunks chunks) implements Serializable {
  /** Footers that one Spark task reads, unless there are too few to fill the cores. */
  private static final int FOOTERS = 64;

  /**
   * Reads all footers, each once, in one Spark job.
   *
   * @param columns those that scans will read
   * @throws UncheckedIOException within a Spark task, naming the file that cannot be read
   */
  public static List<ScannedFile> of(
      JavaSparkContext context, List<FileRows> files, List<LayerSite> columns) {
    if (files.isEmpty()) {
      return List.of();
    }
    context.sc().setJobDescription("select: read the footers of " + files.size() + " files");
    List<String> paths = files.stream().map(FileRows::path).toList();
    int tasks = Math.max(paths.size() / FOOTERS, context.defaultParallelism());
    List<LayerSite> read = new ArrayList<>(columns);
    List<FileChunks> chunks =
        context
            .parallelize(paths, Math.min(paths.size(), tasks))
            .map(path -> footer(path, read))
            .collect();
    List<ScannedFile> scanned = new ArrayList<>();
    for (int file = 0; file < chunks.size(); file++) {
      scanned.add(new ScannedFile(files.get(file), chunks.get(file)));
    }
    return sharing(scanned);
  }

  /** The same files, each shape held once. */
  static List<ScannedFile> sharing(List<ScannedFile> files) {
    Map<FileChunks.Shape, FileChunks.Shape> shapes = new HashMap<>();
    List<ScannedFile> sharing = new ArrayList<>();
    for (ScannedFile file : files) {
      FileChunks.Shape own = file.chunks.shape();
      FileChunks.Shape shared = shapes.computeIfAbsent(own, shape -> shape);
      sharing.add(new ScannedFile(file.rows, file.chunks.with(shared)));
    }
    return sharing;
  }

  private static FileChunks footer(String path, List<LayerSite> columns) {
    try {
      return FileChunks.read(path, columns, ScanPlan.hadoop());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the footer of " + path, e);
    }
  }
}
