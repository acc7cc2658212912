package io.superneurons.jobs.input;

import static org.apache.spark.sql.functions.col;

import io.superneurons.jobs.files.PathNames;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Reads manifests in JSON Lines, in parts, and knows the number of each line. */
final class JsonManifests {
  /** Spark never splits files this small, so that their lines count from the start. */
  private static final long NEVER_SPLIT = 1 << 20;

  private JsonManifests() {}

  static Dataset<Row> read(SparkSession spark, List<InputFile> files, RowParser parser) {
    Dataset<Row> lines =
        PathNames.plainReader(spark)
            .text(InputFile.paths(files))
            .select(
                col("_metadata.file_path").as("file"),
                col("_metadata.file_block_start").as("start"),
                col("value").cast(DataTypes.BinaryType));
    boolean split = files.stream().anyMatch(file -> file.bytes() > NEVER_SPLIT);
    Map<String, Long> before = split ? linesBefore(lines) : new HashMap<>();
    return lines.mapPartitions(
        (MapPartitionsFunction<Row, Row>) part -> rows(part, before, parser),
        Encoders.row(Place.PLACED_ROWS));
  }

  /** The number of lines before each block of a file; as many entries as blocks. */
  private static Map<String, Long> linesBefore(Dataset<Row> lines) {
    Map<String, Long> before = new HashMap<>();
    String file = null;
    long count = 0;
    for (Row block :
        lines.groupBy("file", "start").count().orderBy("file", "start").collectAsList()) {
      count = block.getString(0).equals(file) ? count : 0;
      file = block.getString(0);
      before.put(block(file, block.getLong(1)), count);
      count += block.getLong(2);
    }
    return before;
  }

  private static String block(String file, long start) {
    return file + "@" + start;
  }

  private static Iterator<Row> rows(
      Iterator<Row> lines, Map<String, Long> before, RowParser parser) {
    Numbers numbers = new Numbers(before);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, 0), false)
        .map(line -> numbers.numbered(line, parser))
        .filter(row -> row != null)
        .iterator();
  }

  /** Counts the lines of the blocks of a partition. */
  private static final class Numbers {
    private final Map<String, Long> before;
    private String block = "";
    private String file;
    private long number;

    Numbers(Map<String, Long> before) {
      this.before = before;
    }

    /** Null for a blank line. */
    Row numbered(Row line, RowParser parser) {
      String current = block(line.getString(0), line.getLong(1));
      if (!current.equals(block)) {
        block = current;
        file = PathNames.ofUri(line.getString(0));
        number = before.getOrDefault(current, 0L);
      }
      number++;
      String text = Utf8.decode(line.getAs(2));
      text = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
      Place place = new Place(file, "line", number);
      return text.isBlank() ? null : place.row(parser.parse(text, place));
    }
  }
}
