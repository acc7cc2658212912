package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was captured of the rows of a pass; it stays on the device until it is asked for. */
final class RowActivations {
  private final List<Pending> pending = new ArrayList<>();
  private List<SortedMap<LayerSite, float[]>> rows = new ArrayList<>();

  RowActivations(int rows) {
    for (int row = 0; row < rows; row++) {
      this.rows.add(new TreeMap<>());
    }
  }

  /**
   * Values on the device.
   *
   * @param values [lines, count]
   * @param lines which of them is each row's; rows may share one, each is some row's [rows]
   */
  private record Pending(LayerSite column, Tensor values, int count, int[] lines) {}

  /**
   * Keeps a column's values.
   *
   * @param values [lines, count]
   * @param lines which of them is each row's; rows may share one [rows]
   */
  void keep(LayerSite column, Tensor values, int count, int[] lines) {
    pending.add(new Pending(column, values, count, lines));
  }

  /** What was captured so far of the rows that are left; rows may share their vectors. */
  List<SortedMap<LayerSite, float[]>> fetched() {
    if (!pending.isEmpty()) {
      fetch();
    }
    return Collections.unmodifiableList(rows);
  }

  /** Copies all columns out together. */
  private void fetch() {
    float[] values = MappedWeights.toFloats(pending.stream().map(Pending::values).toList());
    int start = 0;
    for (Pending column : pending) {
      float[][] vectors = new float[Arrays.stream(column.lines).max().orElseThrow() + 1][];
      for (int line = 0; line < vectors.length; line++) {
        vectors[line] = Arrays.copyOfRange(values, start, start + column.count);
        start += column.count;
      }
      for (int row = 0; row < column.lines.length; row++) {
        rows.get(row).put(column.column, vectors[column.lines[row]]);
      }
    }
    pending.clear();
  }

  /**
   * Lets all other rows go.
   *
   * @param left indices among the rows that are left, ascending
   */
  void only(int[] left) {
    List<SortedMap<LayerSite, float[]>> all = fetched();
    rows = new ArrayList<>(Arrays.stream(left).mapToObj(all::get).toList());
  }
}
