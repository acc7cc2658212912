package io.superneurons.jobs.frame;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.EmbeddedImage;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowParser;
import io.superneurons.jobs.label.RowLabeller;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows of a DataFrame as label takes them, and back.
 *
 * @param schema of the DataFrame
 * @param image column of paths, of encoded images, or of Hugging Face's struct of both
 * @param question column of questions; empty for none
 * @param task column of tasks; empty where each row is asked about every task
 * @param asked question of rows without one; empty for that of their tasks
 */
record FrameRows(StructType schema, String image, String question, String task, String asked)
    implements Serializable {
  private static final String BYTES = "bytes";
  private static final String PATH = "path";

  /**
   * The columns of a labelled DataFrame.
   *
   * @throws ConfigurationException if a column is missing, of another type, or there already
   */
  StructType labelled() {
    List<String> names = Arrays.asList(schema.fieldNames());
    for (String needed : List.of(image, question, task)) {
      if (!needed.isEmpty() && !names.contains(needed)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT, "The DataFrame has no column %s; its columns: %s", needed, names));
      }
    }
    requireImages(schema.apply(image).dataType(), "Column " + image);
    StructType all = schema;
    for (var column : RowLabeller.COLUMNS.fields()) {
      if (column.name().equals(task)) {
        continue;
      }
      if (names.contains(column.name())) {
        throw new ConfigurationException(
            "The DataFrame has a column "
                + column.name()
                + " already, which labels go to; rename or drop it");
      }
      all = all.add(column);
    }
    return all;
  }

  /**
   * Requires a type that holds images.
   *
   * @param what has it
   */
  static void requireImages(DataType type, String what) {
    boolean isStruct =
        type instanceof StructType struct
            && Arrays.asList(struct.fieldNames()).containsAll(List.of(BYTES, PATH));
    if (!isStruct && !(type instanceof BinaryType) && !(type instanceof StringType)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s is %s; it must be string (a path), binary or struct<bytes, path>",
              what,
              type.simpleString()));
    }
  }

  /** Labels the rows of a Spark task, one after another. */
  Iterator<Row> label(Iterator<Row> rows, RowLabeller labeller, Configuration conf) {
    Map<String, Row> waiting = new HashMap<>();
    Iterator<Map.Entry<String, Object[]>> labels =
        labeller.label(new Asked(rows, labeller, conf, waiting), conf);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return labels.hasNext();
      }

      @Override
      public Row next() {
        Map.Entry<String, Object[]> one = labels.next();
        return joined(waiting.remove(one.getKey()), one.getValue());
      }
    };
  }

  private Row joined(Row row, Object[] labels) {
    List<Object> values = new ArrayList<>(CollectionConverters.asJava(row.toSeq()));
    String[] names = RowLabeller.COLUMNS.fieldNames();
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(task)) {
        values.add(
            labels[i] instanceof Map<?, ?> map ? CollectionConverters.asScala(map) : labels[i]);
      }
    }
    return RowFactory.create(values.toArray());
  }

  /** Each row once for each task that it is asked about. */
  private final class Asked implements Iterator<ManifestRow> {
    private final Iterator<Row> rows;
    private final RowLabeller labeller;
    private final Configuration conf;
    private final Map<String, Row> waiting;
    private Iterator<ManifestRow> ofRow = List.<ManifestRow>of().iterator();
    private long number;

    Asked(Iterator<Row> rows, RowLabeller labeller, Configuration conf, Map<String, Row> waiting) {
      this.rows = rows;
      this.labeller = labeller;
      this.conf = conf;
      this.waiting = waiting;
    }

    @Override
    public boolean hasNext() {
      return ofRow.hasNext() || rows.hasNext();
    }

    @Override
    public ManifestRow next() {
      if (!ofRow.hasNext()) {
        ofRow = asked(rows.next());
      }
      return ofRow.next();
    }

    private Iterator<ManifestRow> asked(Row row) {
      Image found = image(row);
      List<ManifestRow> all = new ArrayList<>();
      Collection<String> tasks =
          task.isEmpty() ? labeller.tasks().keySet() : Arrays.asList(text(row, task));
      for (String name : tasks) {
        String id = Long.toString(number++);
        waiting.put(id, row);
        all.add(
            new ManifestRow(
                id,
                name,
                null,
                found.name,
                question(row, name),
                null,
                found.location,
                found.embedded,
                null,
                null,
                problem(name, found)));
      }
      return all.iterator();
    }

    private ManifestRow.Problem problem(String name, Image found) {
      if (!isKnown(name)) {
        String what =
            name == null ? "The task is missing" : "Task " + name + " has no Super Neurons";
        return new ManifestRow.Problem(
            ErrorKind.BAD_ROW, what + "; tasks: " + labeller.tasks().keySet());
      }
      return found.problem;
    }

    private boolean isKnown(String name) {
      return name != null && labeller.tasks().containsKey(name);
    }

    private String question(Row row, String name) {
      String own = question.isEmpty() ? null : text(row, question);
      if (own != null && !own.isBlank()) {
        return RowParser.withPlainLineEnds(own);
      }
      if (!asked.isEmpty()) {
        return asked;
      }
      return isKnown(name) ? labeller.tasks().get(name) : null;
    }

    private Image image(Row row) {
      Object value = row.get(row.fieldIndex(image));
      if (value instanceof Row struct) {
        byte[] bytes = struct.getAs(BYTES);
        return bytes == null ? Image.at(struct.getAs(PATH), conf) : Image.of(bytes);
      }
      return value instanceof byte[] bytes ? Image.of(bytes) : Image.at((String) value, conf);
    }
  }

  private static String text(Row row, String column) {
    Object value = row.getAs(column);
    return value == null ? null : value.toString();
  }

  /** An image of a row, or why there is none. */
  private record Image(
      String name, String location, EmbeddedImage embedded, ManifestRow.Problem problem) {
    static Image of(byte[] bytes) {
      EmbeddedImage embedded = EmbeddedImage.of(bytes);
      return new Image("sha256:" + embedded.sha256(), null, embedded, null);
    }

    static Image at(String path, Configuration conf) {
      if (path == null || path.isBlank()) {
        return failed(path, ErrorKind.BAD_ROW, "The image is missing");
      }
      try {
        Path file = PathNames.path(path);
        String location = PathNames.fileSystem(conf, file).makeQualified(file).toString();
        return new Image(path, location, null, null);
      } catch (IOException | IllegalArgumentException e) {
        return failed(path, ErrorKind.IMAGE_NOT_READABLE, path + ": " + e.getMessage());
      }
    }

    private static Image failed(String path, ErrorKind kind, String why) {
      return new Image(path, null, null, new ManifestRow.Problem(kind, why));
    }
  }
}
