package io.superneurons.neuron.cascade;

import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Margins;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a threshold of a level's margin does: how many rows it answers, and how well. */
public final class MarginCurve {
  private MarginCurve() {}

  /**
   * A threshold.
   *
   * @param threshold rows with at least this margin are answered
   * @param answered the share of rows that are, above 0
   * @param accuracy of the answered
   */
  public record Point(double threshold, double answered, double accuracy) {}

  /**
   * The curve of a level on held-out rows, by itself: a point for each margin that occurs,
   * ascending, each with all rows of that margin and above.
   */
  public static List<Point> of(HeldOut heldOut, int level) {
    TreeMap<Integer, int[]> byMargin = new TreeMap<>(); // by margin: [rows, right rows]
    for (int kind = 0; kind < heldOut.rows().length; kind++) {
      int[] counts = byMargin.computeIfAbsent(heldOut.margins()[level][kind], margin -> new int[2]);
      counts[0] += heldOut.rows()[kind];
      counts[1] += heldOut.right()[level][kind] ? heldOut.rows()[kind] : 0;
    }
    double total = heldOut.total();
    List<Point> points = new ArrayList<>();
    int answered = 0;
    int right = 0;
    for (var margin : byMargin.descendingMap().entrySet()) {
      answered += margin.getValue()[0];
      right += margin.getValue()[1];
      points.add(
          0,
          new Point(Margins.value(margin.getKey()), answered / total, right / (double) answered));
    }
    return points;
  }
}
