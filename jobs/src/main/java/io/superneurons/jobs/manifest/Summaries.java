package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.ManifestRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the rows of a Spark task. */
final class Summaries {
  private final String question;
  private final SampledIds ids = new SampledIds();
  private final Map<Integer, InputSummary.Part> parts = new TreeMap<>();
  private final Map<String, long[]> tasks = new HashMap<>();
  private long bad;
  private InputSummary.BadRow firstBad;

  private Summaries(String question) {
    this.question = question;
  }

  /**
   * The counts of rows, added up as they come: those of all Spark tasks together would grow with
   * the rows.
   *
   * @param placed of {@link PlacedRows}
   * @param question of rows that bring none; may be null
   */
  static InputSummary of(Dataset<Row> placed, String question) {
    return placed
        .javaRDD()
        .mapPartitions(
            (FlatMapFunction<Iterator<Row>, InputSummary>)
                rows -> {
                  Summaries counts = new Summaries(question);
                  rows.forEachRemaining(counts::add);
                  return List.of(counts.summary()).iterator();
                })
        .fold(InputSummary.none(), InputSummary::plus);
  }

  private void add(Row placed) {
    int part = placed.getAs(PlacedRows.PART);
    long number = placed.<Long>getAs(PlacedRows.NUMBER);
    if (placed.getAs(ManifestRow.ID) == null) {
      parts.merge(part, new InputSummary.Part(0, number), Summaries::sum);
      return;
    }
    parts.merge(part, new InputSummary.Part(1, 0), Summaries::sum);
    ManifestRow row = ManifestRow.of(placed);
    ids.add(row.id());
    if (row.problem() != null) {
      bad++;
      if (firstBad == null) {
        firstBad = new InputSummary.BadRow(part, number, row.problem().detail());
      }
      return;
    }
    long[] counts = tasks.computeIfAbsent(row.task(), name -> new long[3]);
    counts[0]++;
    counts[1] += row.question() == null ? 0 : 1;
    counts[2] += row.question() == null || Objects.equals(row.question(), question) ? 1 : 0;
  }

  private static InputSummary.Part sum(InputSummary.Part one, InputSummary.Part other) {
    return new InputSummary.Part(one.rows() + other.rows(), one.lines() + other.lines());
  }

  private InputSummary summary() {
    Map<String, InputSummary.Task> byTask = new TreeMap<>();
    tasks.forEach((task, n) -> byTask.put(task, new InputSummary.Task(n[0], n[1], n[2])));
    return new InputSummary(parts, byTask, bad, firstBad, ids);
  }
}
