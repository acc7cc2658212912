package io.superneurons.jobs;

import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** The rows that a reader finds in an output folder, done or failed, of all dates. */
record RowsFound(List<Found> rows) {

  /**
   * A row.
   *
   * @param place the folder of its date, and its wave: the later the greater
   * @param imageVersion null for rows of extract
   */
  record Found(String id, String place, boolean done, String question, String imageVersion) {
    private String key() {
      return place.replaceFirst("/.*", "") + " " + id;
    }
  }

  static RowsFound in(Path output) throws IOException {
    List<Found> rows = new ArrayList<>();
    for (Path file : files(output)) {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), path)
              .withConf(new Configuration())
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows.add(found(output, file, row));
        }
      }
    }
    return new RowsFound(rows);
  }

  private static Found found(Path output, Path file, Group row) {
    String name = file.getFileName().toString();
    String date = output.relativize(file).toString().replaceFirst("/?[^/]*$", "");
    return new Found(
        text(row, "id"),
        String.format("%s/%05d", date.replace("_errors", ""), ResultFiles.wave(name)),
        ResultFiles.isRowFile(name),
        text(row, "question"),
        text(row, "image_version"));
  }

  private static String text(Group row, String column) {
    boolean there = row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
    return there ? row.getString(column, 0) : null;
  }

  /** The files of rows, by name. */
  static List<Path> files(Path output) throws IOException {
    if (Files.notExists(output)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(output)) {
      return found
          .filter(file -> !file.toString().contains("/_temporary"))
          .filter(file -> file.getFileName().toString().matches("(part|errors)-.*parquet"))
          .sorted()
          .toList();
    }
  }

  /** Ids that stand twice, done or failed, in the folder of a date. */
  List<String> twice() {
    List<String> keys = rows.stream().map(Found::key).sorted().toList();
    return keys.stream().filter(key -> keys.indexOf(key) != keys.lastIndexOf(key)).toList();
  }

  /** The current row of an id. */
  Optional<Found> latest(String id) {
    return rows.stream().filter(row -> row.id().equals(id)).max(Comparator.comparing(Found::place));
  }
}
