package io.superneurons.export.review;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.select.rows.LabelTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Predictions as FiftyOne imports a directory tree of image classification: of each task a folder,
 * in it a folder of each predicted label, in it the images, named by their rows. Who moves an image
 * to another folder, by FiftyOne or by hand, corrects its label.
 */
public final class FiftyOneTree {
  /** An image and where it goes, below the output folder. */
  private record Copy(String image, String to) {}

  private final Map<String, List<Copy>> copies;

  private FiftyOneTree(Map<String, List<Copy>> copies) {
    this.copies = copies;
  }

  /**
   * Reads the predictions that are wanted.
   *
   * @param names of tasks; empty for all
   * @throws ConfigurationException if there are none, or an image has no whole address
   */
  public static FiftyOneTree read(SparkSession spark, ReviewOptions options, List<String> names) {
    Map<String, List<Row>> byTask = new TreeMap<>();
    for (Row row : ReviewedRows.read(spark, options, names)) {
      byTask.computeIfAbsent(row.getAs("task"), task -> new ArrayList<>()).add(row);
    }
    Map<String, List<Copy>> copies = new LinkedHashMap<>();
    byTask.forEach(
        (task, rows) -> {
          String folder = ReviewedRows.nameOf(copies.size() + 1, task);
          copies.put(task, rows.stream().map(row -> copy(row, folder, options)).toList());
        });
    return new FiftyOneTree(copies);
  }

  private static Copy copy(Row row, String folder, ReviewOptions options) {
    String image = options.address(row.getAs("image"));
    if (!image.startsWith("/") && !PathNames.isUri(image)) {
      throw new ConfigurationException(
          "Image "
              + image
              + " of "
              + options.predictions()
              + " is no whole path; say where it lies with --image-prefix FROM=TO");
    }
    return new Copy(
        image, folder + "/" + LabelTree.path(row.getAs("prediction"), row.getAs("id"), image));
  }

  /**
   * Copies the images.
   *
   * @return of each task how many were there
   */
  public Map<String, Integer> copyTo(Configuration conf, Path output) throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Map.Entry<String, List<Copy>> task : copies.entrySet()) {
      int copied = 0;
      for (Copy copy : task.getValue()) {
        copied += copied(conf, copy, output) ? 1 : 0;
      }
      counts.put(task.getKey(), copied);
    }
    return counts;
  }

  private static boolean copied(Configuration conf, Copy copy, Path output) throws IOException {
    Path from = PathNames.path(copy.image());
    Path to = new Path(output, new Path(null, null, copy.to()));
    try {
      return FileUtil.copy(
          from.getFileSystem(conf), from, to.getFileSystem(conf), to, false, true, conf);
    } catch (FileNotFoundException e) {
      return false; // what the input held itself, or what is gone
    }
  }

  /** All rows that are wanted. */
  public int rows() {
    return copies.values().stream().mapToInt(List::size).sum();
  }
}
