package io.superneurons.jobs.report.rows;

import io.superneurons.jobs.results.JudgedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The rows of one set of a task, as far as a page tells of them: counts of labels and predictions,
 * and a few rows to show. Rows are added one by one, in any order. Not thread-safe.
 */
public final class RowsOfSet {
  /** Rows of each kind that are kept to be shown. */
  static final int SHOWN = 8;

  private static final Comparator<JudgedRow> BY_LOT =
      Comparator.comparingLong((JudgedRow row) -> lot(row.id())).thenComparing(JudgedRow::id);

  private static final Comparator<JudgedRow> SUREST_FIRST =
      Comparator.comparingDouble((JudgedRow row) -> -row.margin()).thenComparing(JudgedRow::id);

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private final Kept wrong = new Kept(SUREST_FIRST);
  private final Kept leastSure = new Kept(SUREST_FIRST.reversed());
  private final Map<String, Kept> right = new TreeMap<>();
  private int rows;
  private int rightRows;

  /** The first so many of rows in an order, whatever the order in which they come. */
  private static final class Kept {
    private final Comparator<JudgedRow> order;
    private final PriorityQueue<JudgedRow> last;

    Kept(Comparator<JudgedRow> order) {
      this.order = order;
      this.last = new PriorityQueue<>(order.reversed());
    }

    void add(JudgedRow row) {
      last.add(row);
      if (last.size() > SHOWN) {
        last.remove();
      }
    }

    List<JudgedRow> rows() {
      return last.stream().sorted(order).toList();
    }
  }

  private static long lot(String id) {
    CRC32 digest = new CRC32();
    digest.update(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return digest.getValue();
  }

  /** Takes a row. */
  public void add(JudgedRow row) {
    counts
        .computeIfAbsent(row.label(), label -> new TreeMap<>())
        .merge(row.prediction().orElse(""), 1, Integer::sum);
    rows++;
    if (row.isRight()) {
      rightRows++;
      right.computeIfAbsent(row.label(), label -> new Kept(BY_LOT)).add(row);
    } else {
      wrong.add(row);
    }
    leastSure.add(row);
  }

  public int rows() {
    return rows;
  }

  public int right() {
    return rightRows;
  }

  /** Rows with that label that got that prediction. */
  int count(String label, String prediction) {
    return counts.getOrDefault(label, Map.of()).getOrDefault(prediction, 0);
  }

  /** Rows with that label that no neuron voted on. */
  int undecided(String label) {
    return count(label, "");
  }

  /** Wrong rows, those that the votes were surest of first. */
  public List<JudgedRow> shownWrong() {
    return wrong.rows();
  }

  /** Rows whose votes were closest, right or wrong. */
  public List<JudgedRow> shownLeastSure() {
    return leastSure.rows();
  }

  /** Right rows by lot, of each label in turn. */
  public List<JudgedRow> shownRight() {
    List<List<JudgedRow>> labels = right.values().stream().map(Kept::rows).toList();
    List<JudgedRow> shown = new ArrayList<>();
    for (int turn = 0; turn < SHOWN; turn++) {
      for (List<JudgedRow> label : labels) {
        if (turn < label.size() && shown.size() < SHOWN) {
          shown.add(label.get(turn));
        }
      }
    }
    return shown;
  }
}
