package io.superneurons.jobs.report.run;

import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rows of predictions that people should look at: of each task those that it was least sure of,
 * and some that failed. Not thread-safe.
 */
public final class LabelledRows {
  /** So many rows tell enough; a page for every night is not to read all of a large folder. */
  static final int MOST_READ = 1_000_000;

  private static final int SHOWN = 24;
  private static final int LEAST_OF_A_TASK = 5;
  private static final int FAILED = 20;
  private static final List<String> COLUMNS =
      List.of("id", "task", "image", "prediction", "margin", "probability", "status", "error");

  private final Map<String, PriorityQueue<LabelledRow>> closest = new TreeMap<>();
  private final List<LabelledRow> failed = new ArrayList<>();
  private int read;

  /**
   * Reads files of predictions until enough rows were read.
   *
   * @param files in the order of their names
   */
  public static LabelledRows of(Configuration conf, List<Path> files) {
    LabelledRows rows = new LabelledRows();
    TableReader reader = new TableReader(conf);
    for (Path file : files) {
      if (rows.read < MOST_READ) {
        reader.readFile(file, COLUMNS, rows::add);
      }
    }
    return rows;
  }

  private void add(TableRow row) {
    read++;
    LabelledRow labelled =
        new LabelledRow(
            row.textIfAny("id").orElse(""),
            row.textIfAny("task").orElse(""),
            row.textIfAny("image"),
            row.textIfAny("prediction"),
            row.numberIfAny("margin"),
            row.numberIfAny("probability"),
            row.textIfAny("error"));
    if (labelled.error().isEmpty()) {
      PriorityQueue<LabelledRow> ofTask =
          closest.computeIfAbsent(
              labelled.task(),
              task -> new PriorityQueue<>(LabelledRow.LEAST_SURE_FIRST.reversed()));
      ofTask.add(labelled);
      if (ofTask.size() > SHOWN) {
        ofTask.remove();
      }
    } else if (failed.size() < FAILED) {
      failed.add(labelled);
    }
  }

  /** Of each task those that it was least sure of, by task. */
  public Map<String, List<LabelledRow>> leastSure() {
    int each = Math.max(LEAST_OF_A_TASK, SHOWN / Math.max(1, closest.size()));
    Map<String, List<LabelledRow>> shown = new TreeMap<>();
    closest.forEach(
        (task, rows) ->
            shown.put(
                task, rows.stream().sorted(LabelledRow.LEAST_SURE_FIRST).limit(each).toList()));
    return shown;
  }

  /** Some that failed, by id. */
  public List<LabelledRow> failed() {
    return failed.stream().sorted(Comparator.comparing(LabelledRow::id)).toList();
  }
}
