package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.ManifestRow;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the planned rows of a Spark task. */
final class PlanCounter {
  private final long inputRows;
  private final TaskQuestions questions;
  private final Map<String, TaskContents> tasks = new TreeMap<>();
  private final Map<Integer, Long> stretches = new TreeMap<>();
  private long rows;
  private long skipped;
  private long images;
  private long pending;
  private KnownRows known = KnownRows.NONE;

  private PlanCounter(long inputRows, TaskQuestions questions) {
    this.inputRows = inputRows;
    this.questions = questions;
  }

  /**
   * Counts rows, in one Spark job. Counts are added up as they come, in any order, since those of
   * all Spark tasks together would grow with the rows.
   */
  static PlanCounts count(Dataset<Row> planned, long inputRows, TaskQuestions questions) {
    return planned
        .javaRDD()
        .mapPartitions(
            (FlatMapFunction<Iterator<Row>, PlanCounts>)
                rows -> {
                  PlanCounter counter = new PlanCounter(inputRows, questions);
                  rows.forEachRemaining(counter::add);
                  return List.of(counter.counts()).iterator();
                })
        .fold(PlanCounts.none(inputRows), PlanCounts::plus);
  }

  private void add(Row row) {
    known = known.plus(known(row));
    if (row.<Boolean>getAs(Manifest.SKIPPED)) {
      skipped++;
      return;
    }
    rows++;
    images += row.<Boolean>getAs(SharedImages.IS_FIRST) ? 1 : 0;
    String task = row.getAs(ManifestRow.TASK);
    if (task != null) {
      TaskContents contents = tasks.computeIfAbsent(task, name -> new TaskContents());
      if (row.getAs(ManifestRow.PROBLEM) == null) {
        contents.add(row, questions.isForeign(task, row.getAs(ManifestRow.QUESTION)));
      }
    }
    if (!row.<Boolean>getAs(PlannedRows.DONE)) {
      pending++;
      long position = row.<Long>getAs(Manifest.CUT);
      stretches.merge(Cuts.stretch(position, inputRows), 1L, Long::sum);
    }
  }

  private static KnownRows known(Row row) {
    return KnownRows.of(
        row.getAs(ManifestRow.ID),
        row.<Long>getAs(PlannedRows.IN_FOLDER),
        row.<Boolean>getAs(PlannedRows.CHANGED));
  }

  private PlanCounts counts() {
    return new PlanCounts(rows, skipped, images, pending, known, tasks, stretches, inputRows);
  }
}
