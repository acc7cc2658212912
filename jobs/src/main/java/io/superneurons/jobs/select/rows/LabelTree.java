package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Labels as a tree of images that people sort, which FiftyOne calls a directory tree of image
 * classification: a folder for each label, in it images that are called by their rows' ids.
 */
public final class LabelTree {
  /** Where FiftyOne has images without a label. */
  private static final String UNLABELLED = "_unlabeled";

  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");
  private static final StructType SCHEMA =
      new StructType()
          .add(LabelStudioLabels.ROW_ID, DataTypes.StringType)
          .add("label", DataTypes.StringType);

  private LabelTree() {}

  /**
   * Where the image of a row goes.
   *
   * @param label null where there is none
   * @param image its name, whose extension stays
   */
  public static String path(String label, String id, String image) {
    Matcher extension = EXTENSION.matcher(image);
    return (label == null ? UNLABELLED : name(label))
        + "/"
        + name(id)
        + (extension.find() ? extension.group().toLowerCase(Locale.ROOT) : "");
  }

  /** A name for files of any text: what no file system minds stays as it is. */
  private static String name(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", " ");
    String first = String.format(Locale.ROOT, "%%%02X", (int) encoded.charAt(0));
    return PathNames.isHidden(encoded) ? first + encoded.substring(1) : encoded;
  }

  private static String text(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // of somebody else's
    }
  }

  /**
   * The labels of a folder; empty where it has no folders.
   *
   * @param folder with its file system, as a {@link FileStatus} has it
   */
  static Optional<Dataset<Row>> table(SparkSession spark, FileSystem files, Path folder)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean any = false;
    RemoteIterator<? extends FileStatus> labels = FilesBelow.children(files, folder);
    while (labels.hasNext()) {
      FileStatus label = labels.next();
      String name = label.getPath().getName();
      any |= label.isDirectory();
      if (label.isDirectory() && !PathNames.isHidden(name)) {
        RemoteIterator<? extends FileStatus> images = FilesBelow.children(files, label.getPath());
        while (images.hasNext()) {
          String image = EXTENSION.matcher(images.next().getPath().getName()).replaceFirst("");
          rows.add(RowFactory.create(text(image), text(name)));
        }
      }
    }
    return any ? Optional.of(spark.createDataFrame(rows, SCHEMA)) : Optional.empty();
  }
}
